import type { Values } from 'twenty-mak-domain';
import type { Links } from '../sync/index.ts';
import type { AmocrmClient } from './client.ts';
import { makIdIn } from './fields.ts';
import { readPage } from './pages.ts';
import { partySchema } from './party-values.ts';
import type { Party, PartyKind } from './party-values.ts';

interface Where {
  readonly client: AmocrmClient;
  readonly links: Pick<Links, 'localIds'>;
  readonly kind: PartyKind;
}

/** Of those there that are what MaK is about to make, the oldest one that is nobody's yet; null when there is none. */
export async function findTwin(
  { client, links, kind }: Where,
  values: Values,
  makId: number,
  taken: ReadonlySet<number>,
): Promise<Party | null> {
  const found = new Map<number, Party>();
  for (const text of kind.sought(values)) {
    const list = { path: kind.path, query: [['query', text]] as const };
    const { rows } = await readPage(client, list, partySchema, 1);
    for (const party of rows) if (!party.is_deleted) found.set(party.id, party);
  }
  const same = [...found.values()].filter(
    (party) =>
      !taken.has(party.id) &&
      makIdIn(party.custom_fields_values, makId) === null &&
      kind.isSame(values, party),
  );
  if (same.length === 0) return null;
  const linked = await links.localIds(
    kind.entity,
    same.map(({ id }) => String(id)),
  );
  const free = same.filter(({ id }) => !linked.has(String(id)));
  return free.toSorted((left, right) => left.id - right.id)[0] ?? null;
}
