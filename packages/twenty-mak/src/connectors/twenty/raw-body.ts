import type { FastifyInstance, FastifyRequest } from 'fastify';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { RefusalError } from '../../platform/errors/index.ts';

const PATH = /^\/v1\/twenty\/[^/?]+\/webhook$/;
/** One record with all its texts, in bytes. */
const LONGEST = 1024 * 1024;

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** Keeps the bodies of webhooks byte by byte: what is signed is not what JSON makes of it. */
export function keepRawBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', async (request, _reply, payload) => {
    if (request.method !== 'POST' || !PATH.test(request.url)) return payload;
    if (Number(request.headers['content-length'] ?? LONGEST + 1) > LONGEST) throw tooLong();
    const body = await buffer(payload);
    bodies.set(request, body);
    return Readable.from([body], { objectMode: false });
  });
}

export function rawBodyOf(request: FastifyRequest): Buffer {
  return bodies.get(request) ?? Buffer.alloc(0);
}

function tooLong(): RefusalError {
  return new RefusalError(
    {
      code: 'body_too_large',
      reason: `A message has at most ${LONGEST} bytes, and says how many.`,
    },
    413,
  );
}
