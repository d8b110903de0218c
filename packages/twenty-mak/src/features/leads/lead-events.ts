import type { LeadKind, StatusChange } from 'twenty-mak-domain';
import { announce } from '../../platform/outbox/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { OriginChange } from './lead-history.repository.ts';
import type { LeadRecord } from './lead-records.ts';

/** Tells the world of new leads. Ids and keys only. */
export function announceCreated(
  tx: Transaction,
  tenantId: string,
  records: readonly LeadRecord[],
): void {
  announce(
    tx,
    tenantId,
    records.map(({ lead }) => ({
      type: 'lead.created',
      subjectId: lead.id,
      subjectVersion: 1,
      occurredAt: lead.createdAt,
      data: {
        status: lead.last.to,
        kind: lead.last.kind,
        source: lead.origin.source,
        partner_id: lead.origin.partnerId,
      },
    })),
  );
}

export interface MovedLead {
  readonly id: string;
  /** After the change. */
  readonly version: number;
  readonly from: { readonly status: string; readonly kind: LeadKind };
  readonly change: StatusChange;
}

export function announceMoved(
  tx: Transaction,
  tenantId: string,
  moved: readonly MovedLead[],
): void {
  announce(
    tx,
    tenantId,
    moved.map(({ id, version, from, change }) => ({
      type: 'lead.status.changed',
      subjectId: id,
      subjectVersion: version,
      occurredAt: change.at,
      data: {
        from: from.status,
        from_kind: from.kind,
        to: change.to,
        kind: change.kind,
        by: change.by,
      },
    })),
  );
}

export function announceOriginChanged(
  tx: Transaction,
  tenantId: string,
  { leadId, version, from, to, at }: OriginChange,
): void {
  announce(tx, tenantId, [
    {
      type: 'lead.origin.changed',
      subjectId: leadId,
      subjectVersion: version,
      occurredAt: at,
      data: {
        from_source: from.source,
        source: to.source,
        from_partner_id: from.partnerId,
        partner_id: to.partnerId,
      },
    },
  ]);
}

export function announceMerged(
  tx: Transaction,
  tenantId: string,
  { id, version, into, at }: { id: string; version: number; into: string; at: number },
): void {
  announce(tx, tenantId, [
    {
      type: 'lead.merged',
      subjectId: id,
      subjectVersion: version,
      occurredAt: at,
      data: { into },
    },
  ]);
}
