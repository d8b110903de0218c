import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';

/**
 * The content of a JSON file, checked, or null when there is none.
 *
 * Errors: CliError when the file is damaged.
 */
export function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CliError(`${file} is damaged.`, 'Remove that file, or run ./mak reset.', {
      cause: error,
    });
  }
}

/** Writes the whole file or nothing, readable for the present user only. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
