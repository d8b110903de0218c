import type { Refusal } from 'twenty-mak-domain';

/** A file, or what follows from some place in it, cannot be read. Everything before that place was given out. */
export class FileError extends Error {
  readonly refusal: Refusal;

  constructor(code: string, reason: string, field?: string) {
    super(reason);
    this.name = 'FileError';
    this.refusal = field === undefined ? { code, reason } : { code, reason, field };
  }
}
