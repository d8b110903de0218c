import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator } from '@nestjs/common';

export const NOT_IDEMPOTENT = Symbol('not idempotent');

/**
 * For a POST that must not be one transaction: one that repeats are harmless to by other means, or that hands work to a
 * batch which serves other requests too. Every other POST may be sent with an `Idempotency-Key`.
 */
export const NotIdempotent = (): CustomDecorator<symbol> => SetMetadata(NOT_IDEMPOTENT, true);
