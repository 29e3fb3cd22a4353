// Loaded before a command: what goes to TikTok's own host ends at a local server, as an entry in the machine's DNS and
// a certificate of its own would have it. The command knows nothing of it.
import { readFileSync } from 'node:fs';
import https from 'node:https';

const { LIVE_PORT = '', LIVE_CERTIFICATE = '' } = process.env;

class LocalAgent extends https.Agent {
  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    if (options.host !== 'business-api.tiktok.com') throw new Error(`There is no host ${options.host}`);
    const local = { host: '127.0.0.1', port: Number(LIVE_PORT), servername: options.host };
    return super.createConnection({ ...options, ...local, ca: readFileSync(LIVE_CERTIFICATE) }, callback);
  }
}
https.Agent = LocalAgent;
