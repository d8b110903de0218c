import type { Decision, Instant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { findByRefs } from './lead-contacts.repository.ts';
import type { EntryOutcome, LeadEntry } from './lead-entries.ts';
import type { LeadRecord } from './lead-records.ts';
import type { LeadSettingsRow } from './lead-settings.repository.ts';

/** What entries make, by the rules of a moment. */
export interface MadeLeads {
  readonly rules: LeadSettingsRow;
  readonly now: Instant;
  /** One an entry. */
  readonly records: readonly Decision<LeadRecord>[];
}

/** An entry that may become a lead. */
export interface Candidate {
  readonly index: number;
  readonly entry: LeadEntry;
  readonly record: LeadRecord;
}

/** An entry with the outer id of another one of the batch. */
export interface Repeat {
  readonly index: number;
  readonly of: Candidate;
}

/** Entries that are new and as they should be; the others get their outcome here. */
export async function candidatesOf(
  tx: Transaction,
  tenantId: string,
  entries: readonly LeadEntry[],
  { records }: MadeLeads,
  outcomes: (EntryOutcome | undefined)[],
): Promise<{ candidates: readonly Candidate[]; repeats: readonly Repeat[] }> {
  const refs = entries.flatMap(({ draft }) => draft.externalRef ?? []);
  const known = new Map(
    (await findByRefs(tx, tenantId, refs)).map((ref) => [refKey(ref), ref.lead_id]),
  );
  const candidates: Candidate[] = [];
  const repeats: Repeat[] = [];
  const byRef = new Map<string, Candidate>();
  for (const [index, entry] of entries.entries()) {
    const { externalRef } = entry.draft;
    const leadId = externalRef === null ? undefined : known.get(refKey(externalRef));
    if (leadId !== undefined) {
      outcomes[index] = { result: 'known', leadId };
      continue;
    }
    const of = externalRef === null ? undefined : byRef.get(refKey(externalRef));
    if (of !== undefined) {
      repeats.push({ index, of });
      continue;
    }
    const record = records[index];
    if (record === undefined) throw new Error('an entry was not made ready');
    if (!record.ok) {
      outcomes[index] = { result: 'refused', ...record.refusal };
      continue;
    }
    const candidate = { index, entry, record: record.value };
    if (externalRef !== null) byRef.set(refKey(externalRef), candidate);
    candidates.push(candidate);
  }
  return { candidates, repeats };
}

function refKey({ system, id }: { readonly system: string; readonly id: string }): string {
  return `${system}\n${id}`;
}
