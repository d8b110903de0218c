import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { hash } from 'node:crypto';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { requestOf } from '../auth/index.ts';
import type { AuthenticatedRequest, Principal } from '../auth/index.ts';
import { Database } from '../database/index.ts';
import { RefusalError } from '../errors/index.ts';
import { SecretBox } from '../secrets/index.ts';
import { idFrom, withCreationIds } from './creation-id.ts';
import { claim, saveAnswer } from './idempotency.repository.ts';
import type { Claimed } from './idempotency.repository.ts';
import { NOT_IDEMPOTENT } from './not-idempotent.ts';

const KEY = /^[\x21-\x7e]{1,200}$/;
const PURPOSE = 'idempotent answer';

/**
 * Gives repeats of a POST with an `Idempotency-Key` the answer of the first one. The answer is stored in the transaction
 * that makes the change, so that after a crash either both are there or neither. A refusal is not stored: it changed
 * nothing.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly secrets: SecretBox,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'http') return next.handle();
    const request = requestOf(context);
    if (request.method !== 'POST') return next.handle();
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.principal === undefined) return next.handle();
    const excluded = this.reflector.get<true | undefined>(NOT_IDEMPOTENT, context.getHandler());
    if (excluded === true) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw badKey();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.once(request, request.principal, key, reply, next));
  }

  private async once(
    request: AuthenticatedRequest,
    principal: Principal,
    key: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const sender = `${principal.kind}:${principal.id}`;
    const seed = `${principal.tenantId} ${sender} ${key}`;
    // A request of the operator makes a tenant: its first id, and the record stands under that tenant.
    const tenantId = principal.kind === 'operator' ? idFrom(seed, 1) : principal.tenantId;
    const row: Claimed = { tenantId, principal: sender, key, requestHash: hashOf(request) };
    const owner = `${tenantId} ${sender} ${key}`;
    return this.database.together({ tenantId }, async (transaction) => {
      const known = await claim(transaction, row).catch((error: unknown) => {
        throw (error as { code?: string }).code === '55P03' ? inProgress() : error;
      });
      if (known !== undefined) {
        if (known.request_hash !== row.requestHash) throw mismatch();
        void reply.header('idempotent-replayed', 'true');
        const answer = this.secrets.open(PURPOSE, owner, known.sealed_answer);
        return (JSON.parse(answer) as unknown) ?? undefined;
      }
      const answer: unknown = await withCreationIds(seed, () => lastValueFrom(next.handle()));
      const sealed = this.secrets.seal(PURPOSE, owner, JSON.stringify(answer ?? null));
      await saveAnswer(transaction, row, sealed);
      return answer;
    });
  }
}

function hashOf({ method, url, body }: AuthenticatedRequest): string {
  return hash('sha256', `${method} ${url}\n${JSON.stringify(body ?? null)}`, 'base64url');
}

function badKey(): RefusalError {
  return new RefusalError({
    code: 'invalid_idempotency_key',
    reason: 'Idempotency-Key must be 1 to 200 printable ASCII characters without spaces.',
    field: 'Idempotency-Key',
  });
}

function mismatch(): RefusalError {
  return new RefusalError({
    code: 'idempotency_mismatch',
    reason: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
    field: 'Idempotency-Key',
  });
}

function inProgress(): RefusalError {
  return new RefusalError(
    {
      code: 'idempotency_in_progress',
      reason: 'The same request is being done right now. Repeat it in a moment to get its answer.',
      field: 'Idempotency-Key',
    },
    409,
  );
}
