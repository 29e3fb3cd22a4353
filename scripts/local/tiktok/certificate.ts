// A certificate for a host, made when a server starts and trusted by nobody else.
import { generate } from 'selfsigned';

interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** The certificate to trust for it, PEM. */
  readonly ca: string;
}

/** What can be wrong with a certificate. */
export type CertificateFlaw = 'another host' | 'expired' | 'unknown signer';

const DAY = 86_400_000;

/** Makes a self-signed certificate for the host, valid for a day. */
export async function createCertificate(host: string, flaw?: CertificateFlaw): Promise<Certificate> {
  const own = await make(flaw === 'another host' ? 'other.example.com' : host, flaw === 'expired' ? -DAY : 0);
  return { ...own, ca: flaw === 'unknown signer' ? (await make(host, 0)).cert : own.cert };
}

/** @param shift moves the day on which it is valid, in milliseconds. */
async function make(host: string, shift: number) {
  const now = Date.now() + shift;
  const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    notBeforeDate: new Date(now - 60_000),
    notAfterDate: new Date(now + DAY - 60_000),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
  return { cert, key };
}
