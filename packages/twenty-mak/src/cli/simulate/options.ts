import { CliError } from '../local/cli-error.ts';

/** The options as commander gives them. */
export interface RawSimulateOptions {
  readonly tenant?: string;
  readonly deals: string;
  readonly seed: string;
  readonly months: string;
  readonly pipeline: string;
  readonly late: string;
  readonly repeats: string;
  readonly password?: string;
  readonly concurrency: string;
  readonly rate?: string;
  readonly for?: string;
  readonly json?: true;
}

export interface SimulateOptions {
  readonly tenant: string | undefined;
  readonly deals: number;
  readonly seed: string;
  readonly months: number;
  readonly late: number;
  readonly repeats: number;
  readonly password: string | undefined;
  readonly concurrency: number;
  /** Events a second of the live part; null: there is none. */
  readonly rate: number | null;
  /** Null: until it is interrupted. */
  readonly seconds: number | null;
}

/** Throws a CliError that names the option at fault. */
export function readOptions(raw: RawSimulateOptions): SimulateOptions {
  if (raw.pipeline !== 'adtech')
    throw new CliError(
      `The simulator does not know the pipeline ${raw.pipeline}.`,
      'It knows adtech. For other pipelines send a log with ./mak replay.',
    );
  return {
    tenant: raw.tenant,
    deals: Math.floor(numberOf('deals', raw.deals, 0, 10_000_000)),
    seed: raw.seed,
    months: numberOf('months', raw.months, 0.1, 120),
    late: numberOf('late', raw.late, 0, 1),
    repeats: numberOf('repeats', raw.repeats, 0, 1),
    password: raw.password,
    concurrency: Math.floor(numberOf('concurrency', raw.concurrency, 1, 64)),
    rate: raw.rate === undefined ? null : numberOf('rate', raw.rate, 0.01, 10_000),
    seconds: raw.for === undefined ? null : numberOf('for', raw.for, 1, 86_400),
  };
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (number >= least && number <= most) return number;
  throw new CliError(
    `--${name} ${text} is not a number from ${least} to ${most}.`,
    'See ./mak simulate --help.',
  );
}
