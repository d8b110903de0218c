import type { DuplicateMatch } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import type { Known } from './lead-matcher.ts';
import { findLeads } from './leads.repository.ts';

/** Leads that one notification names. */
const NAMED = 20;

/** Tells those who are responsible for leads that somebody enters again; one notification a person and batch. */
export async function tellResponsible(
  tx: Transaction,
  tenantId: string,
  enteredBy: string,
  matches: readonly DuplicateMatch[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  const leads = new Map<string, Set<string>>();
  for (const { leadId } of matches) {
    const responsible = known.get(leadId)?.responsible_id ?? null;
    if (responsible === null || responsible === enteredBy) continue;
    leads.set(responsible, (leads.get(responsible) ?? new Set()).add(leadId));
  }
  await notify(
    tx,
    tenantId,
    [...leads].map(([accountId, ids]) => ({
      accountId,
      kind: 'lead.duplicate',
      dealId: null,
      data: { lead_ids: [...ids].slice(0, NAMED), count: ids.size },
    })),
  );
}

/** The same when nothing is known of the leads yet. */
export async function tellResponsibleOf(
  tx: Transaction,
  tenantId: string,
  enteredBy: string,
  matches: readonly DuplicateMatch[],
): Promise<void> {
  const ids = matches.map(({ leadId }) => leadId);
  const rows = await findLeads(tx, tenantId, ids);
  const known = new Map(rows.map((row) => [row.id, row]));
  await tellResponsible(tx, tenantId, enteredBy, matches, known);
}
