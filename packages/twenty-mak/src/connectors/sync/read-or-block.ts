import type { z } from 'zod';
import { RemoteFailure } from './ports.ts';

/** Throws a `RemoteFailure` of the kind `blocked` for settings or secrets that do not fit any more. */
export function readOrBlock<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join('.') ?? '';
  throw new RemoteFailure(
    'blocked',
    `The ${what} of this connector do not fit: ${path}. Set them again.`,
  );
}
