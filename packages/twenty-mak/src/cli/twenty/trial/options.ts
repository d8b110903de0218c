import { resolve } from 'node:path';
import { CliError } from '../../local/cli-error.ts';
import { callsPerMinute, originOf, twentyDoor } from '../options.ts';
import type { Door, RawTwentyOptions } from '../options.ts';

/** As the command line gives them. */
export interface RawTrialOptions extends RawTwentyOptions {
  readonly makPort?: string;
  readonly deals: string;
  readonly events: string;
  readonly patience: string;
  readonly pollSeconds: string;
  readonly login?: string;
  readonly screenshots?: string;
  readonly browser: boolean;
}

export interface Login {
  readonly email: string;
  readonly password: string;
}

export interface TrialOptions {
  readonly twenty: Door;
  readonly package: string | undefined;
  /** Where twenty and browsers reach the MaK of the trial; null: on this machine. */
  readonly makUrl: string | null;
  /** Null: any that is free. */
  readonly makPort: number | null;
  /** Deals that people make in MaK. */
  readonly deals: number;
  readonly events: number;
  /** How long one thing may take until both sides are equal, in milliseconds. */
  readonly patience: number;
  readonly pollSeconds: number;
  /** What twenty allows the workspace. */
  readonly callsPerMinute: number;
  /** Who edits in twenty; null: the API key does. */
  readonly login: Login | null;
  /** Whether to look at pages; needs a login. */
  readonly browser: boolean;
  readonly screenshots: string | null;
  readonly json: boolean;
}

/** Throws a CliError that names the option at fault. */
export function readTrialOptions(raw: RawTrialOptions): TrialOptions {
  return {
    twenty: twentyDoor(raw),
    package: raw.package,
    makUrl: raw.makUrl === undefined ? null : originOf(raw.makUrl, '--mak-url'),
    makPort: raw.makPort === undefined ? null : numberOf('mak-port', raw.makPort, 1, 65_535),
    deals: numberOf('deals', raw.deals, 2, 1_000),
    events: numberOf('events', raw.events, 1, 10_000),
    patience: numberOf('patience', raw.patience, 10, 3_600) * 1_000,
    pollSeconds: numberOf('poll-seconds', raw.pollSeconds, 5, 3_600),
    callsPerMinute: callsPerMinute(raw) ?? 100,
    login: raw.login === undefined ? null : loginOf(raw.login),
    browser: raw.browser && raw.login !== undefined,
    screenshots: raw.screenshots === undefined ? null : resolve(raw.screenshots),
    json: raw.json === true,
  };
}

function loginOf(text: string): Login {
  const [, email, password] = /^([^:\s]+@[^:\s]+):(.+)$/.exec(text) ?? [];
  if (email !== undefined && password !== undefined) return { email, password };
  throw new CliError(
    '--login is not of the form email:password.',
    'Give a member of the workspace who signs in to twenty with a password.',
  );
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CliError(
    `--${name} ${text} is no whole number from ${least} to ${most}.`,
    'See ./mak twenty test --help.',
  );
}
