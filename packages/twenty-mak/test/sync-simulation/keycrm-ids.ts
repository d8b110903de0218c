import type { RemoteRecord } from '../../src/connectors/sync/ports.ts';
import type { Records } from './keycrm-side.ts';

/** Ids of a story as ids of MaK look in KeyCRM, which keeps any text: they are recognised by their form. */
export function idThere(localId: string): string {
  const [kind, number = ''] = localId.split('-');
  return `${kind === 'mak' ? '0' : '1'}0000000-0000-4000-8000-${number.padStart(12, '0')}`;
}

export function idHere(id: string | null): string | null {
  if (id === null) return null;
  return `${id.startsWith('0') ? 'mak' : 'elsewhere'}-${Number(id.slice(-12))}`;
}

function withIdsHere(
  records: ReadonlyMap<string, RemoteRecord>,
): ReadonlyMap<string, RemoteRecord> {
  return new Map(
    [...records].map(([id, record]) => [id, { ...record, localId: idHere(record.localId) }]),
  );
}

/** Records that carry an id of MaK's, under the ids of the story. */
export function underIdsHere(records: Omit<Records, 'between'>): Records {
  return {
    read: async (ids) => withIdsHere(await records.read(ids)),
    find: async (ids) => {
      const found = withIdsHere(await records.find(ids.map(idThere)));
      return new Map([...found].map(([id, record]) => [idHere(id) ?? id, record]));
    },
    write: (changes) =>
      records.write(changes.map((one) => ({ ...one, localId: idThere(one.localId) }))),
    changedSince: async (cursor) => {
      const page = await records.changedSince(cursor);
      return { ...page, seen: page.seen.map((one) => ({ ...one, localId: idHere(one.localId) })) };
    },
  };
}
