import { Inject, Injectable } from '@nestjs/common';
import { accept, decideUse, moveToKind } from 'twenty-mak-domain';
import type {
  Decision,
  Instant,
  LeadForSale,
  LeadKind,
  LeadMover,
  StatusChange,
} from 'twenty-mak-domain';
import { afterCommit, updateRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { momentOf } from '../tenants/index.ts';
import { findHistory, insertHistory } from './lead-contacts.repository.ts';
import { announceMoved } from './lead-events.ts';
import { tellOfLeads } from './lead-records.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import { findLeads } from './leads.repository.ts';
import type { ListedLead } from './leads.repository.ts';

/** A lead as the auction sees it. */
export interface SaleableLead extends LeadForSale {
  readonly id: string;
  readonly kind: LeadKind;
  readonly status: string;
  readonly currency: string | null;
  readonly partnerId: string | null;
  readonly buyerId: string | null;
  readonly lotId: string | null;
  readonly version: number;
}

/** What the auction or a return does with leads; all of them or, with a refusal, none. */
export interface SaleMove {
  readonly leadIds: readonly string[];
  readonly kind: 'auction' | 'sold' | 'unsold' | 'returned' | 'working';
  /** Of `auction`. */
  readonly lotId?: string;
  /** Head account; of `sold`, and of `working` when the lead is given out. */
  readonly buyerId?: string;
  readonly mover: Extract<LeadMover, 'auction' | 'return'>;
  readonly actorId?: string | null;
  readonly at: Instant;
  readonly reason?: string | null;
}

/**
 * What the auction may do with leads, in its own transaction, which must see the whole tenant. Contacts are not here:
 * row-level security shows them to whom the lead belongs after `move`.
 */
@Injectable()
export class LeadSales {
  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** Leads, locked in the order of their ids until the transaction ends; those that are not there are left out. */
  async forSale(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
  ): Promise<readonly SaleableLead[]> {
    return (await findLeads(tx, tenantId, leadIds, true)).map(saleable);
  }

  /**
   * Moves leads to the first status of a kind, with history and events. Refuses with `not_found`, with the codes of
   * `moveToKind`, and with those of consent where somebody else gets to see the lead by it: on auction, or given to a
   * company. The field names the lead.
   */
  async move(tx: Transaction, tenantId: string, move: SaleMove): Promise<Decision<null>> {
    const leadIds = [...new Set(move.leadIds)];
    const isGiven = move.kind === 'working' && move.buyerId !== undefined;
    const isShared = move.kind === 'auction' || isGiven;
    // One journey: whoever sells or relists a lot has its fence, and others wait.
    const [rows, settings, history, now] = await Promise.all([
      findLeads(tx, tenantId, leadIds, true),
      findLeadSettings(tx, tenantId),
      findHistory(tx, tenantId, leadIds),
      isShared ? momentOf(tx, tenantId) : 0,
    ]);
    const lasts = lastChanges(history, rows);
    const known = new Map(rows.map((row) => [row.id, row]));
    const changes: StatusChange[] = [];
    for (const id of leadIds) {
      const [row, last] = [known.get(id), lasts.get(id)];
      if (row === undefined || last === undefined)
        return refused(id, { code: 'not_found', reason: 'There is no such lead.' });
      if (isShared) {
        const use = mayShare(row, settings, now);
        if (!use.ok) return refused(id, use.refusal);
      }
      const { at, actorId = null, reason = null } = move;
      const context = { at, actorId, reason };
      const moved = moveToKind(settings, last, move.kind, move.mover, context);
      if (!moved.ok) return refused(id, moved.refusal);
      if (moved.value !== null) changes.push(moved.value);
    }
    await this.save(tx, tenantId, move, rows, changes);
    return accept(null);
  }

  /** Those of these leads that somebody else may get: `move` does not refuse them for want of consent. */
  async shareable(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await findLeads(tx, tenantId, leadIds, true);
    const settings = await findLeadSettings(tx, tenantId);
    const now = await momentOf(tx, tenantId);
    return new Set(rows.flatMap((row) => (mayShare(row, settings, now).ok ? row.id : [])));
  }

  /** Gives unsold leads to a company that works in their city, free of charge. Refuses as `move` does. */
  async assign(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
    takerId: string,
    at: Instant,
  ): Promise<Decision<null>> {
    const move = { leadIds, kind: 'working', buyerId: takerId, mover: 'auction', at } as const;
    return this.move(tx, tenantId, move);
  }

  private async save(
    tx: Transaction,
    tenantId: string,
    { kind, lotId, buyerId, at }: SaleMove,
    rows: readonly ListedLead[],
    changes: readonly StatusChange[],
  ): Promise<void> {
    const changed = new Map(changes.map((change) => [change.leadId, change]));
    const columns = {
      id: 'uuid',
      status: 'text',
      kind: 'text',
      status_number: 'int',
      status_since: 'timestamptz',
      lot_id: 'uuid',
      buyer_id: 'uuid',
      deal_id: 'uuid',
      updated_at: 'timestamptz',
    } as const;
    const after = rows.map((row) => {
      const change = changed.get(row.id);
      return {
        id: row.id,
        status: change?.to ?? row.status,
        kind: change?.kind ?? row.kind,
        status_number: change?.number ?? row.status_number,
        status_since: change?.at ?? row.status_since,
        lot_id: kind === 'auction' ? (lotId ?? null) : kind === 'sold' ? row.lot_id : null,
        buyer_id: kind === 'sold' || kind === 'working' ? (buyerId ?? null) : null,
        deal_id: kind === 'returned' ? null : row.deal_id,
        updated_at: at,
      };
    });
    await updateRows(tx, tenantId, 'lead', columns, after, 'version = lead.version + 1');
    tellOfLeads(
      tx,
      tenantId,
      after.map(({ id }) => id),
    );
    insertHistory(
      tx,
      tenantId,
      changes.map((change) => ({ ...change, holder: change.leadId })),
    );
    announceMoved(
      tx,
      tenantId,
      rows.flatMap(({ id, version, status, kind: before }) => {
        const change = changed.get(id);
        if (change === undefined) return [];
        return { id, version: version + 1, from: { status, kind: before }, change };
      }),
    );
    afterCommit(() => this.bus.ring(OUTBOX_CHANNEL, tenantId));
  }
}

/** Whether others may get a lead. Where the answer stands does not matter here. */
function mayShare(
  { consent: answer, consent_at: at }: ListedLead,
  { consent: policy }: LeadRules,
  now: Instant,
): Decision<unknown> {
  const consent = answer === null || at === null ? null : { answer, at, evidence: '' };
  return decideUse(consent, 'share', policy, now);
}

function saleable(row: ListedLead): SaleableLead {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    city: row.city,
    niche: row.niche,
    source: row.source,
    amount: row.amount,
    currency: row.currency,
    score: row.score,
    createdAt: row.created_at,
    partnerId: row.partner_id,
    buyerId: row.buyer_id,
    lotId: row.lot_id,
    version: row.version,
  };
}

/** The last entry of the own history of each lead. */
function lastChanges(
  history: Awaited<ReturnType<typeof findHistory>>,
  rows: readonly ListedLead[],
): ReadonlyMap<string, StatusChange> {
  const numbers = new Map(rows.map(({ id, status_number: number }) => [id, number]));
  return new Map(
    history
      .filter(({ leadId, number }) => numbers.get(leadId) === number)
      .map(({ holder: _holder, ...change }) => [change.leadId, change]),
  );
}

function refused(leadId: string, refusal: { code: string; reason: string }): Decision<null> {
  return { ok: false, refusal: { ...refusal, field: `leads.${leadId}` } };
}
