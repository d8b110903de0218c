import { CliError } from '../local/cli-error.ts';
import { findService, readDemo, resolvePaths } from '../stack/index.ts';

/** As the command line gives them. */
export interface RawTwentyOptions {
  readonly url?: string;
  readonly apiKey?: string;
  readonly makUrl?: string;
  readonly makApiKey?: string;
  readonly tenant?: string;
  readonly package?: string;
  readonly newcomerRole?: string;
  readonly callsPerMinute?: string;
  readonly json?: true;
}

/** A server, and the key to speak with it. */
export interface Door {
  /** Origin, without a slash at the end. */
  readonly address: string;
  readonly key: string;
}

/** Origin of an address that somebody typed. Throws a CliError. */
export function originOf(text: string, option: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new CliError(
      `${option} is no address: ${text}`,
      'Give it with its scheme, e.g. https://crm.example.com',
    );
  }
  if (url.username !== '' || url.password !== '')
    throw new CliError(`${option} holds a password.`, 'Give the address alone.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new CliError(`${option} has a path: ${text}`, `Give the address alone: ${url.origin}`);
  return url.origin;
}

function keyOf(text: string | undefined, option: string, where: string): string {
  const key = text?.trim() ?? '';
  if (key === '') throw new CliError(`${option} is missing.`, `Make a key ${where}.`);
  // It becomes a header, where anything else would break the request.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new CliError(`${option} is no API key.`, 'Copy the key again, without spaces.');
  return key;
}

/** What twenty allows the workspace in a minute; undefined when nothing was said. Throws a CliError. */
export function callsPerMinute(options: RawTwentyOptions): number | undefined {
  const { callsPerMinute: text } = options;
  if (text === undefined) return undefined;
  const calls = Number(text);
  if (Number.isInteger(calls) && calls >= 10 && calls <= 1_000_000) return calls;
  throw new CliError(
    `--calls-per-minute ${text} is no whole number from 10 to 1000000.`,
    'Give API_RATE_LIMITING_LONG_LIMIT of twenty, or leave it out: 100 is its default.',
  );
}

/** Where twenty is. Throws a CliError. */
export function twentyDoor(options: RawTwentyOptions): Door {
  const url = options.url ?? process.env['MAK_TWENTY_URL'];
  if (!url)
    throw new CliError('--url is missing.', 'Give the address of twenty, as browsers open it.');
  return {
    address: originOf(url, '--url'),
    key: keyOf(
      options.apiKey ?? process.env['MAK_TWENTY_API_KEY'],
      '--api-key',
      'in twenty under Settings, API & Webhooks, with the role Admin',
    ),
  };
}

/** Where MaK is: what was given, else the MaK of this checkout. Throws a CliError. */
export function makDoor(options: RawTwentyOptions): Door {
  const url = options.makUrl ?? process.env['MAK_URL'];
  const key = options.makApiKey ?? process.env['MAK_API_KEY'];
  const where = 'in MaK under Settings, API keys, as an admin';
  if (url) return { address: originOf(url, '--mak-url'), key: keyOf(key, '--mak-api-key', where) };
  const paths = resolvePaths();
  const api = findService(paths, 'api');
  if (api === null) {
    throw new CliError(
      'MaK is not running.',
      'Run ./mak start first, or give --mak-url and --mak-api-key of another MaK.',
    );
  }
  return {
    address: `http://127.0.0.1:${api.port}`,
    key: keyOf(key ?? readDemo(paths)?.api_key, '--mak-api-key', where),
  };
}
