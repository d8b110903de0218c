import type { DealRecord } from './deal-record.ts';

/** Which of the fields that people change, here or elsewhere, differ from the row before; `stage` stands for all that follows from facts. */
export function changedFields({ before, state: { fields } }: DealRecord): readonly string[] {
  if (before === null) return [];
  const changed = [
    ...(before.name === fields.name ? [] : ['name']),
    ...(before.amount === fields.amount && before.currency === fields.currency ? [] : ['amount']),
    ...(before.owner_id === fields.ownerId ? [] : ['owner']),
    ...(before.client_id === fields.clientId ? [] : ['client', 'contact']),
    ...(before.attributes['contact_id'] === fields.attributes['contact_id'] ? [] : ['contact']),
    ...((before.archived_at === null) === (fields.archivedAt === null) ? [] : ['archived']),
  ];
  return changed.length === 0 ? ['stage'] : [...new Set(changed)];
}
