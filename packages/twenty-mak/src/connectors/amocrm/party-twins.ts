import type { WriteRefusal } from '../../platform/records/index.ts';
import type { Links, RemoteChange } from '../sync/index.ts';
import type { AmocrmClient } from './client.ts';
import { isMakIdGone, makIdIn } from './fields.ts';
import { readPage } from './pages.ts';
import { partySchema } from './party-values.ts';
import type { Party, PartyKind } from './party-values.ts';
import { halves } from './row-writer.ts';
import type { Outcome } from './row-writer.ts';

interface Where {
  readonly client: AmocrmClient;
  readonly links: Pick<Links, 'localIds'>;
  readonly kind: PartyKind;
  /** The custom field with MaK's id. */
  readonly makId: number;
}

/** Somebody who is there already. */
export interface Twin {
  readonly party: Party;
  /** It carries the id of the very record already: the answer was lost, or amoCRM's filter does not find the id yet. */
  readonly isOurs: boolean;
}

/**
 * Of those there that are what MaK is about to make under this id, the one that carries it, else the oldest one that is nobody's
 * yet; null when there is none.
 */
export async function findTwin(
  { client, links, kind, makId }: Where,
  { localId, values }: Pick<RemoteChange, 'localId' | 'values'>,
  taken: ReadonlySet<number>,
): Promise<Twin | null> {
  for (const text of kind.sought(values)) {
    const list = { path: kind.path, query: [['query', text]] as const };
    const { rows } = await readPage(client, list, partySchema, 1);
    const same = rows.flatMap((party): Twin[] => {
      const marked = makIdIn(party.custom_fields_values, makId);
      const isOurs = marked === localId;
      const isFree = !party.is_deleted && !taken.has(party.id) && (isOurs || marked === null);
      return isFree && kind.isSame(values, party) ? [{ party, isOurs }] : [];
    });
    if (same.length === 0) continue;
    const linked = await links.localIds(
      kind.entity,
      same.map(({ party }) => String(party.id)),
    );
    const free = same.filter(({ party }) => !linked.has(String(party.id)));
    const [twin] = free.toSorted(
      (left, right) => Number(right.isOurs) - Number(left.isOurs) || left.party.id - right.party.id,
    );
    if (twin !== undefined) return twin;
  }
  return null;
}

/** Who is there already and gets MaK's id. */
export interface Adopted {
  readonly change: RemoteChange;
  readonly id: number;
}

/**
 * Gives those who are there already MaK's ids; then both sides are read and brought together like two that always were. Whom
 * amoCRM does not let us mark is refused alone. False when the field with MaK's id is gone.
 */
export async function adopt(
  where: Pick<Where, 'client' | 'kind' | 'makId'>,
  adopted: readonly Adopted[],
  outcomes: Map<RemoteChange, Outcome>,
): Promise<boolean> {
  if (adopted.length === 0) return true;
  const answer = await where.client.ask({
    method: 'PATCH',
    path: where.kind.path,
    body: adopted.map(({ change, id }, index) => ({
      id,
      custom_fields_values: [{ field_id: where.makId, values: [{ value: change.localId }] }],
      request_id: String(index),
    })),
  });
  if (answer.kind !== 'refused') {
    for (const { change } of adopted) outcomes.set(change, { kind: 'moved' });
    return true;
  }
  if (answer.rows.some(isMakIdGone)) return false;
  const named = new Set(answer.rows.map(({ row }) => Number(row)));
  const isWrong = (index: number): boolean => named.has(index) || adopted.length === 1;
  const rest = adopted.filter((_one, index) => !isWrong(index));
  for (const [index, { change }] of adopted.entries())
    if (isWrong(index)) outcomes.set(change, { kind: 'refused', refusal: NOT_MARKED });
  for (const part of rest.length < adopted.length ? [rest] : halves(rest))
    if (!(await adopt(where, part, outcomes))) return false;
  return true;
}

const NOT_MARKED: WriteRefusal = {
  code: 'refused_by_amocrm',
  reason: "amoCRM has this record already, and does not take MaK's id for it.",
  field: null,
};
