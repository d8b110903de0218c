import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

const OUTAGE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08003',
  '08001',
]);

/** Seconds after which a client may ask again; a restart of PostgreSQL takes about as long. */
const RETRY_AFTER = 1;

/** The one place where errors of REST become answers. Errors of GraphQL pass through to its own formatter. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    this.answer(error, host.switchToHttp().getResponse<FastifyReply>());
  }

  /** Also for what Fastify refuses before any handler is found: malformed or too large bodies. */
  answer(error: unknown, reply: FastifyReply): void {
    const problem = problemOf(error) ?? this.unexpected(error);
    if (typeof problem.retry_after === 'number') {
      void reply.header('retry-after', String(problem.retry_after));
    }
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json')
      .send(problem);
  }

  private unexpected(error: unknown): Problem {
    // An outage meets every request; one line for each is enough.
    if (isOutage(error)) this.logger.warn(`PostgreSQL is away: ${messageOf(error)}`);
    else this.logger.error(error);
    return unexpectedProblem(error);
  }
}

/** What the outside learns of a defect or an outage: nothing that helps an attacker, and whether to try again. */
export function unexpectedProblem(error: unknown): Problem {
  const outage = isOutage(error);
  const code = outage ? 'temporarily_unavailable' : 'internal_error';
  const title = outage
    ? 'The service cannot reach its database right now. Nothing was changed; send the request again.'
    : 'Something went wrong on our side. Send the request again; if it stays, ask the operator and name the time.';
  const problem = { type: `urn:mak:problem:${code}`, title, status: outage ? 503 : 500, code };
  return outage ? { ...problem, retry_after: RETRY_AFTER } : problem;
}

/** Whether PostgreSQL could not be reached or went away: trying again later may help. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: string; message?: string };
  return (
    OUTAGE_CODES.has(code ?? '') ||
    /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(
      message ?? '',
    )
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
