import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../auth/index.ts';
import { plainArray, textArray } from '../database/array-literal.ts';
import type { Transaction } from '../database/index.ts';
import type { AuditAction, AuditEntity } from './audit-words.ts';

/** Who did it: a principal of a request, or a job of ours. */
export type Actor =
  | (Pick<Principal, 'kind' | 'id'> & { readonly tenantId?: string })
  | { readonly kind: 'system'; readonly id: string };

type Plain = string | number | boolean | null | undefined;

/** Ids, codes, counts, old and new values. Never a secret, never contact data: those stay where they are guarded. */
export type AuditDetail = Readonly<Record<string, Plain | readonly Plain[]>>;

const NEVER = /pass(word|wd)|secret|token|e?mail|phone|contact|cookie|authorization/i;

/**
 * Writes one entry in the transaction that makes the change (or reads the personal data), so that neither exists
 * without the other. The transaction must be one of `tenantId`.
 * Throws a TypeError when `detail` has a member whose name promises a secret or contact data.
 */
async function record(
  transaction: Transaction,
  tenantId: string,
  actor: Actor,
  action: AuditAction,
  entity: AuditEntity,
  entityId: string | null,
  detail: AuditDetail = {},
): Promise<void> {
  refuseSecrets(detail);
  await transaction.execute(
    `INSERT INTO audit_entry (id, tenant_id, actor_kind, actor_id, action, entity, entity_id, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [uuidv7(), tenantId, actor.kind, actor.id, action, entity, entityId, JSON.stringify(detail)],
  );
}

interface Entry {
  readonly action: AuditAction;
  readonly entityId: string;
  readonly detail: AuditDetail;
}

async function recordMany(
  transaction: Transaction,
  tenantId: string,
  actor: Actor,
  entity: AuditEntity,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  for (const { detail } of entries) refuseSecrets(detail);
  await transaction.execute(
    `INSERT INTO audit_entry (id, tenant_id, actor_kind, actor_id, action, entity, entity_id, detail)
     SELECT entry.id, $1, $2, $3, entry.action, $4, entry.entity_id, entry.detail
     FROM unnest($5::uuid[], $6::text[], $7::text[], $8::jsonb[]) AS entry (id, action, entity_id, detail)`,
    [
      ...[tenantId, actor.kind, actor.id, entity],
      plainArray(entries.map(() => uuidv7())),
      textArray(entries.map(({ action }) => action)),
      textArray(entries.map(({ entityId }) => entityId)),
      textArray(entries.map(({ detail }) => JSON.stringify(detail))),
    ],
  );
}

function refuseSecrets(detail: AuditDetail): void {
  const forbidden = Object.keys(detail).find((key) => NEVER.test(key));
  if (forbidden !== undefined) throw new TypeError(`${forbidden} must not stand in the audit log`);
}

export const Audit = {
  /** One entry by a principal, in the principal's own tenant. */
  record: (
    transaction: Transaction,
    principal: Principal,
    action: AuditAction,
    entity: AuditEntity,
    entityId: string | null,
    detail?: AuditDetail,
  ): Promise<void> =>
    record(transaction, principal.tenantId, principal, action, entity, entityId, detail),
  /** The same where the tenant is not the actor's: by the operator or a job. */
  recordFor: record,
  /** One entry each about many things of a kind, by one statement. */
  recordMany,
} as const;
