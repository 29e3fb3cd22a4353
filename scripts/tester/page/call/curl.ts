// A request to TikTok as a command for a shell. Pure.
import type { Trace } from '../../api';

/** Between single quotes, a shell takes everything as it is, except a single quote. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** In the token's place stands `$TIKTOK_ACCESS_TOKEN`. Headers of the connection are curl's own. */
export function curlOf({ method, url, headers, body }: Trace['request']): string {
  const kept = Object.entries(headers).filter(([name]) => /^(?:access-token|content-type)$/i.test(name));
  return [
    `curl -X ${method} ${quote(url)}`,
    ...kept.map(([name, value]) =>
      /^access-token$/i.test(name)
        ? `-H "${name}: $TIKTOK_ACCESS_TOKEN"`
        : `-H ${quote(`${name}: ${value}`)}`,
    ),
    `--data-raw ${quote(body)}`,
  ].join(' \\\n  ');
}
