import { CliError } from '../local/cli-error.ts';

/** The options as commander gives them. */
export interface RawOptions {
  readonly pipeline: string;
  readonly tenant?: string;
  readonly shuffle?: string;
  readonly duplicate?: string;
  readonly mapping?: string;
  readonly format?: string;
  readonly encoding?: string;
  readonly concurrency?: string;
  readonly json?: true;
}

/** A number of an option within bounds. Throws a CliError that names the option. */
export function numberOption(name: string, text: string, least: number, most: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (number >= least && number <= most) return number;
  throw new CliError(
    `--${name} ${text} is not a number from ${least} to ${most}.`,
    'See ./mak replay --help.',
  );
}
