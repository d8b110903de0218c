import type { RemoteChange } from '../sync/index.ts';
import { mainContactOf } from './lead-values.ts';
import { freeOf } from './office-lead-making.ts';
import type { MakingPlace, Met } from './office-lead-making.ts';
import type { NamedContact } from './office-lead-people.ts';

/**
 * Of leads that are about to be made those that are there already: an open one that is nobody's yet, in a pipeline of leads, whose
 * main contact has one of their numbers or addresses. Of several the oldest; each is that of one lead at most.
 */
export async function knownThere(
  where: Pick<MakingPlace, 'account' | 'links' | 'read'>,
  changes: readonly RemoteChange[],
  reachedBy: (values: RemoteChange['values']) => Promise<readonly NamedContact[]>,
): Promise<readonly Met[]> {
  const contacts = new Map<RemoteChange, readonly NamedContact[]>();
  for (const change of changes) contacts.set(change, await reachedBy(change.values));
  const named = [...contacts.values()].flat().flatMap(({ _embedded }) => _embedded.leads);
  const ids = [...new Set(named.map(({ id }) => String(id)))];
  if (ids.length === 0) return [];
  const free = await freeOf(where, await where.read(ids));
  const oldest = free.toSorted(({ lead: one }, { lead: other }) => one.id - other.id);
  const taken = new Set<number>();
  return changes.flatMap((change): Met[] => {
    const people = new Set(contacts.get(change)?.map(({ id }) => id));
    const met = oldest.find(
      ({ lead, isFor }) =>
        !taken.has(lead.id) && isFor(change.localId) && people.has(mainContactOf(lead) ?? 0),
    );
    if (met === undefined) return [];
    taken.add(met.lead.id);
    return [{ change, id: met.lead.id }];
  });
}
