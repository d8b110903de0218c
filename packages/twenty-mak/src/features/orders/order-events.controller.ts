import { once } from 'node:events';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTACT_EVENT_TYPES, ORDER_EVENT_TYPES } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { envelopeOf, writePosition } from '../../platform/outbox/index.ts';
import type { EventType, OutboxRow } from '../../platform/outbox/index.ts';
import { parse, queryParameters } from '../../platform/validation/index.ts';
import { followArguments } from './order-events.dto.ts';
import { OrderFollower } from './order-events.follower.ts';

/** Whatever stands in between closes a connection on which nothing is said; in milliseconds. */
const BEAT = 15_000;
/** So long a client may read nothing, in milliseconds. */
const PATIENCE = 30_000;
/** A client that comes back waits so long before, in milliseconds. */
const RETRY = 2_000;

/** Names of the document for types of events; all others are `OrderUpdated`. */
const NAMES: Readonly<Partial<Record<EventType, string>>> = {
  'order.payment.changed': 'PaymentUpdated',
  'contact.changed': 'BuyerUpdated',
};
const HUB_TYPES = [...ORDER_EVENT_TYPES, ...CONTACT_EVENT_TYPES];

/** The live stream of the document that asked for the sync with KeyCRM, where it has its names. */
@ApiTags('orders')
@Controller('hubs/keycrm')
export class OrderEventsController {
  constructor(@Inject(OrderFollower) private readonly follower: OrderFollower) {}

  @ApiOperation({
    summary: 'What happens with orders, their payments and who buys, as it happens',
    description:
      'Server-sent events `OrderUpdated`, `PaymentUpdated` and `BuyerUpdated`, each with a canonical event; a client that comes back with `Last-Event-ID` misses nothing.',
  })
  @queryParameters(followArguments)
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @RequireScope('catalogue:read')
  @Get()
  async follow(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: unknown,
  ): Promise<void> {
    const { after } = parse(followArguments, query);
    const last = request.headers['last-event-id'];
    const { raw } = reply;
    const rows = await this.follower.follow(
      principal,
      request,
      after ?? (typeof last === 'string' ? last : undefined),
      HUB_TYPES,
      () => raw.destroyed,
    );
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies must not wait for more.
      'x-accel-buffering': 'no',
    });
    raw.write(`retry: ${RETRY}\n\n`);
    void tell(raw, principal.tenantId, rows);
  }
}

/** Ends with the connection, with the server, or when the caller may no longer listen. */
async function tell(
  raw: FastifyReply['raw'],
  tenantId: string,
  rows: AsyncGenerator<OutboxRow, void>,
): Promise<void> {
  const beat = setInterval(() => raw.write(': \n\n'), BEAT);
  try {
    for await (const row of rows) {
      if (raw.destroyed) break;
      if (!raw.write(messageOf(tenantId, row))) await drained(raw);
    }
  } catch {
    // The client comes back and is told why it may not listen.
  } finally {
    clearInterval(beat);
    raw.end();
  }
}

/** Rejects when the client has gone, or reads nothing for too long: what is told to it must not pile up here. */
async function drained(raw: FastifyReply['raw']): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    await Promise.race([once(raw, 'drain', { signal }), once(raw, 'close', { signal })]);
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

function messageOf(tenantId: string, row: OutboxRow): string {
  const event = envelopeOf(tenantId, row);
  const name = NAMES[event.type] ?? 'OrderUpdated';
  return `event: ${name}\nid: ${writePosition(row)}\ndata: ${JSON.stringify(event)}\n\n`;
}
