import { HttpException } from '@nestjs/common';
import { RefusalError } from './refusal-error.ts';

/** RFC 9457 problem details, with the stable code and the field as extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  readonly [member: string]: unknown;
}

interface FastifyLikeError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

const FASTIFY_PROBLEMS: Readonly<Record<string, { code: string; title: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body_too_large',
    title: 'The request is too large. Send it in parts: at most 500 events and 5 MB a request.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'malformed_json',
    title:
      'The body is not valid JSON, or has a member `__proto__` or `constructor.prototype`, which nobody needs.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'malformed_json', title: 'The body is empty; send JSON.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported_media_type',
    title: 'Send the body as application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_content_length',
    title: 'The body does not have the length that its header says.',
  },
};

/** Translates any error into what the outside may see; null if it is a defect or an outage (then it is logged and answered 500 or 503). */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof RefusalError) {
    const { code, reason, field } = error.refusal;
    return {
      type: `urn:mak:problem:${code}`,
      title: reason,
      status: error.status,
      code,
      ...(field === undefined ? {} : { field }),
      ...error.detail,
    };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return status >= 500 ? null : simple(status, codeOfStatus(status), error.message);
  }
  const { statusCode, code, message } = error as FastifyLikeError;
  if (statusCode === undefined || statusCode >= 500) return null;
  const known = FASTIFY_PROBLEMS[code ?? ''];
  return simple(statusCode, known?.code ?? codeOfStatus(statusCode), known?.title ?? message);
}

function simple(status: number, code: string, title: string): Problem {
  return { type: `urn:mak:problem:${code}`, title, status, code };
}

function codeOfStatus(status: number): string {
  return (
    {
      400: 'bad_request',
      401: 'unauthenticated',
      403: 'forbidden',
      404: 'not_found',
      405: 'method_not_allowed',
      413: 'body_too_large',
      415: 'unsupported_media_type',
      429: 'too_many_requests',
    }[status] ?? 'bad_request'
  );
}
