import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import type { EventAnswer } from './events.answer.ts';
import { EventIngestion } from './events.service.ts';
import { RejectionsService } from './rejections.service.ts';
import type { Rejection } from './rejections.service.ts';

/** Events of one request, at most. */
export const MAX_EVENTS = 500;

/** What a caller needs who sends events. */
export const INGESTION_SCOPE = 'events:write';

@ApiTags('Events')
@Controller('v1/events')
export class EventsController {
  constructor(
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(RejectionsService) private readonly rejections: RejectionsService,
  ) {}

  /** One event, a list of them, or `{events: […]}`. Answers per event; a request is not atomic. */
  @NotIdempotent()
  @Post()
  @ApiOperation({
    summary: 'Take in one event or up to 500; the answer says for each what became of it',
  })
  @HttpCode(200)
  @RequireScope(INGESTION_SCOPE)
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

  @Get('rejections')
  @ApiOperation({ summary: 'Refused events, newest first, with the reason their sender was told' })
  @RequireScope('events:write')
  async listRejections(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<Rejection>> {
    return this.rejections.list(principal, query);
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
