// Which workspace the command talks to, and with which token: from the variables, and --region or --env.
import { InputError } from '../cli/command';

/**
 * The addresses of the Public API. A workspace is in one region, and known only there.
 * Segment Public API, "Getting Started": https://docs.segmentapis.com/tag/Getting-Started
 */
export const REGIONS = {
  us: 'https://api.segmentapis.com',
  eu: 'https://eu1.api.segmentapis.com',
} as const;
export type Region = keyof typeof REGIONS;

/** The variable that holds the token, unless --env names another. */
export const TOKEN = 'SEGMENT_PUBLIC_API_TOKEN';
export const URL_OVERRIDE = 'SEGMENT_PUBLIC_API_URL';

/** Where a token comes from. */
export const createToken = (tokenVariable: string): string =>
  `Create one in Segment under Settings → Workspace settings → Access Management → Tokens, and set ${tokenVariable} to it.`;

export interface Connection {
  /** Without a slash at its end. */
  readonly base: string;
  readonly token: string;
  /** The variable that it comes from; {@link TOKEN} by default. */
  readonly tokenVariable?: string;
}

/**
 * Reads which workspace is meant.
 *
 * @throws InputError if the token is missing or not a token, or would go over the network in clear text.
 */
export function readConnection(
  environment: Readonly<Record<string, string | undefined>>,
  region: Region | undefined,
  tokenVariable = TOKEN,
): Connection {
  const token = environment[tokenVariable]?.trim() ?? '';
  if (token === '') {
    throw new InputError(
      `${tokenVariable} is not set: expected a Public API token of your workspace. ${createToken(tokenVariable)}`,
    );
  }
  // Visible ASCII characters are what an HTTP header can hold.
  if (!/^[!-~]+$/.test(token)) {
    throw new InputError(
      `${tokenVariable} is not a token: expected letters, digits and symbols without spaces or line breaks.`,
    );
  }

  const override = environment[URL_OVERRIDE]?.trim() ?? '';
  if (override === '') return { base: REGIONS[region ?? 'us'], token, tokenVariable };
  if (region !== undefined) {
    throw new InputError(
      `The region and ${URL_OVERRIDE} both say where the workspace is: leave one of them out.`,
    );
  }
  if (!isSafe(override)) {
    throw new InputError(
      `${URL_OVERRIDE}: expected an https address, or an http address of this machine such as http://127.0.0.1:8080: ` +
        'the token never goes over a network in plain text. The address has no user name, password, "?" or "#".',
    );
  }
  return { base: override.replace(/\/+$/, ''), token, tokenVariable };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const isPlain = username + password + search + hash === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isHere));
}
