import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import type { EventAnswer } from './events.answer.ts';
import { EventIngestion } from './events.service.ts';

/** Events of one request, at most. */
export const MAX_EVENTS = 500;

@Controller('v1/events')
export class EventsController {
  constructor(@Inject(EventIngestion) private readonly ingestion: EventIngestion) {}

  /** One event, a list of them, or `{events: […]}`. Answers per event; a request is not atomic. */
  @Post()
  @HttpCode(200)
  @RequireScope('events:write')
  async post(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<{ results: EventAnswer[] }> {
    const events = listOf(body);
    if (events.length > MAX_EVENTS) {
      throw new RefusalError(
        {
          code: 'too_many_events',
          reason: `A request may have ${MAX_EVENTS} events; this one has ${events.length}. Send it in parts.`,
          field: 'events',
        },
        413,
      );
    }
    const results = await this.ingestion.ingest(principal.tenantId, events);
    const [only] = results;
    if (
      !Array.isArray(body) &&
      results.length === 1 &&
      only?.status === 'rejected' &&
      !isList(body)
    ) {
      throw new RefusalError(
        {
          code: only.code ?? 'rejected',
          reason: only.reason ?? '',
          ...(only.field === undefined ? {} : { field: only.field }),
        },
        422,
        { results },
      );
    }
    return { results };
  }
}

function isList(body: unknown): body is { events: unknown[] } {
  return (
    typeof body === 'object' &&
    body !== null &&
    Array.isArray((body as { events?: unknown }).events)
  );
}

function listOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  return isList(body) ? body.events : [body];
}
