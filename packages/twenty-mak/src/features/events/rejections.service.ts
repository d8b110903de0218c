import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { limitField, pageOf, parse, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { ContactVault } from '../persons/index.ts';
import { textOf } from './events.item.ts';
import type { Item } from './events.item.ts';
import { EventsRepository } from './events.repository.ts';

export const rejectionsQuery = z.strictObject({
  limit: limitField,
  cursor: z.string().max(500).optional(),
  code: z.string().max(64).optional(),
});

interface RejectionRow {
  readonly id: string;
  readonly received_at: number;
  readonly source: string | null;
  readonly event_id: string | null;
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly payload: unknown;
}

export type Rejection = Omit<RejectionRow, 'received_at'> & { readonly received_at: string };

/** What was refused and why, newest first: nothing that a sender sent gets lost without a trace. */
@Injectable()
export class RejectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  async list(principal: Principal, query: unknown): Promise<Page<Rejection>> {
    const { limit, cursor, code } = parse(rejectionsQuery, query);
    const before = cursor === undefined ? null : readCursor(z.tuple([z.uuid()]), cursor)[0];
    const rows = await this.database.within({ tenantId: principal.tenantId }, (tx) =>
      // Ids are UUIDv7: their order is the order of arrival.
      tx.query<RejectionRow>(
        `SELECT id, received_at, source, event_id, code, reason, field, payload FROM event_rejection
         WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR code = $3)
         ORDER BY id DESC LIMIT $4`,
        [principal.tenantId, before, code ?? null, limit + 1],
      ),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return {
      ...page,
      items: page.items.map((row) => ({ ...row, received_at: formatInstant(row.received_at) })),
    };
  }

  /** Keeps what is lost of a batch, its contact data masked. */
  keep(tx: Transaction, tenantId: string, items: readonly Item[]): void {
    const lost = items.filter(
      ({ answer }) => answer?.status === 'rejected' || answer?.status === 'conflict',
    );
    this.repository.insertRejections(
      tx,
      tenantId,
      lost.map(({ raw, answer }) => ({
        id: uuidv7(),
        eventId: answer?.event_id ?? null,
        source: textOf(raw, 'source'),
        code: answer?.code ?? '',
        reason: answer?.reason ?? '',
        field: answer?.field ?? null,
        payload: storable(() => this.masked(raw)),
      })),
    );
  }

  /**
   * Contact data hidden wherever it stands. Of what has no members nobody can tell whether it is contact data, so it is
   * hidden as well.
   */
  private masked(raw: unknown): unknown {
    if (!isObject(raw)) return typeof raw === 'string' || Array.isArray(raw) ? HIDDEN : raw;
    const { data } = raw;
    const readable = data === undefined || isObject(data) ? raw : { ...raw, data: HIDDEN };
    return this.vault.mask(readable);
  }
}

const HIDDEN = { hidden: true };

function isObject(raw: unknown): raw is JsonObject {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** A refused payload as JSON that PostgreSQL can keep, cut when it is large; JSON that it cannot keep becomes a text. */
function storable(masked: () => unknown): string {
  let text: string;
  try {
    text = JSON.stringify(masked()) ?? 'null';
  } catch {
    return '{"unreadable":"nested too deeply"}';
  }
  const cannotKeep = text.length > 20_000 || /\\u0000|\\ud/i.test(text);
  return cannotKeep
    ? JSON.stringify({ text: text.slice(0, 20_000).replaceAll('\\', '/').toWellFormed() })
    : text;
}
