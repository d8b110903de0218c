import type { FastifyInstance, FastifyRequest } from 'fastify';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { RefusalError } from '../errors/index.ts';

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** Keeps the bodies that are sent to addresses like `path` byte by byte: what is signed is not what JSON makes of it. */
export function keepRawBodies(fastify: FastifyInstance, path: RegExp, longest: number): void {
  fastify.addHook('preParsing', async (request, _reply, payload) => {
    if (request.method !== 'POST' || !path.test(request.url)) return payload;
    if (Number(request.headers['content-length'] ?? longest + 1) > longest) throw tooLong(longest);
    const body = await buffer(payload);
    bodies.set(request, body);
    return Readable.from([body], { objectMode: false });
  });
}

export function rawBodyOf(request: FastifyRequest): Buffer {
  return bodies.get(request) ?? Buffer.alloc(0);
}

function tooLong(longest: number): RefusalError {
  return new RefusalError(
    {
      code: 'body_too_large',
      reason: `A message has at most ${longest} bytes, and says how many.`,
    },
    413,
  );
}
