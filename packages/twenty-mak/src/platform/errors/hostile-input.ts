import type { FastifyInstance } from 'fastify';
import { RefusalError } from './refusal-error.ts';

/** Levels of objects and lists in a body. Events may have 32 in their `data`; what recurses gets no more than this. */
export const MAX_LEVELS = 100;

/** Refuses what no handler has to deal with: bodies nested beyond any use, and addresses with NUL characters. */
export function refuseHostileInput(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    done(/%00/.test(path) ? nulInAddress() : undefined);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    done(isNestedDeeper(request.body, MAX_LEVELS) ? nestedTooDeeply() : undefined);
  });
}

/** Whether a JSON value has more than `levels` levels of objects and lists; does not recurse itself. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  let level = children([value]);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === levels) return true;
    level = children(level.flatMap((item) => Object.values(item) as unknown[]));
  }
  return false;
}

/** Those that have something inside; a stream of an upload has not been read yet and is left alone. */
function children(values: readonly unknown[]): object[] {
  return values.filter((value): value is object => Array.isArray(value) || isPlainObject(value));
}

function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function nestedTooDeeply(): RefusalError {
  return new RefusalError(
    {
      code: 'nested_too_deeply',
      reason: `The body has more than ${MAX_LEVELS} levels of objects and lists inside each other. Send it flatter.`,
    },
    400,
  );
}

function nulInAddress(): RefusalError {
  return new RefusalError(
    { code: 'invalid_address', reason: 'The address of a request may not hold NUL characters.' },
    400,
  );
}
