// Which workspace the command talks to, and with which token: from the environment and --region.
import { InputError } from '../cli/command';

/** https://docs.segmentapis.com/tag/Getting-Started: a workspace lives in one region and is known there only. */
const REGIONS = {
  us: 'https://api.segmentapis.com',
  eu: 'https://eu1.api.segmentapis.com',
} as const;
export type Region = keyof typeof REGIONS;

export const TOKEN = 'SEGMENT_PUBLIC_API_TOKEN';
export const URL_OVERRIDE = 'SEGMENT_PUBLIC_API_URL';

export interface Connection {
  /** Without a slash at its end. */
  readonly base: string;
  readonly token: string;
}

/**
 * @throws InputError where the token is missing or no token, or where it would go over the network in clear.
 */
export function readConnection(
  environment: Readonly<Record<string, string | undefined>>,
  region: Region | undefined,
): Connection {
  const token = environment[TOKEN]?.trim() ?? '';
  if (token === '') {
    throw new InputError(
      `${TOKEN} is not set: expected a Public API token of your workspace. Make one in Segment under ` +
        'Settings → Workspace settings → Access Management → Tokens, and set the variable to it.',
    );
  }
  // What is visible in ASCII can stand in an HTTP header.
  if (!/^[!-~]+$/.test(token)) {
    throw new InputError(
      `${TOKEN} is no token: expected letters, digits and signs without spaces or line breaks.`,
    );
  }

  const override = environment[URL_OVERRIDE]?.trim() ?? '';
  if (override === '') return { base: REGIONS[region ?? 'us'], token };
  if (region !== undefined) {
    throw new InputError(`--region and ${URL_OVERRIDE} both say where the workspace is: give one of them.`);
  }
  if (!isSafe(override)) {
    throw new InputError(
      `${URL_OVERRIDE}: expected an https address, or an http one of this machine such as http://127.0.0.1:8080: ` +
        'the token never goes over a network in clear. It takes no user name, password, "?" or "#".',
    );
  }
  return { base: override.replace(/\/+$/, ''), token };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const isPlain = username + password + search + hash === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isHere));
}
