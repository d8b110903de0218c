import type { Json } from 'twenty-mak-domain';
import type { ConnectorContext } from './connector.ts';

/** A record of another kind, as the other system calls it. */
export interface RemoteParty {
  readonly entity: string;
  readonly remoteId: string;
}

/** A record there that names others. */
export interface NamingRecord {
  /** MaK's id that it carries; null when it carries none. */
  readonly claimed: string | null;
  readonly parties: readonly RemoteParty[];
}

export type Links = Pick<ConnectorContext, 'remoteIds' | 'localIds' | 'bring' | 'ours'>;

/** MaK's id of a record there; of what MaK does not have, what it is called there. */
export type Here = (entity: string, remoteId: number | string | null | undefined) => Json;
/** What a record of MaK's is called there; null when it is not there. */
export type There = (entity: string, localId: Json | undefined) => string | null;

/** Records of other kinds that either side may have first, and that have to be there before those that name them. */
export class Parties {
  constructor(private readonly links: Links) {}

  /**
   * What records of a kind name there. What MaK does not have yet is brought over, where that is possible; what a record of
   * another MaK names is left to that one.
   */
  async named(entity: string, records: readonly NamingRecord[]): Promise<Here> {
    const known = new Map<string, string>();
    const unknown = (of: readonly NamingRecord[]): ReadonlyMap<string, readonly string[]> => {
      const parties = of
        .flatMap((record) => record.parties)
        .filter((party) => !known.has(keyOf(party.entity, party.remoteId)));
      const byKind = Map.groupBy(parties, (party) => party.entity);
      return new Map(
        [...byKind].map(([kind, some]) => [
          kind,
          [...new Set(some.map(({ remoteId }) => remoteId))],
        ]),
      );
    };
    const learn = async (kind: string, remoteIds: readonly string[]): Promise<void> => {
      for (const [remoteId, localId] of await this.links.localIds(kind, remoteIds))
        known.set(keyOf(kind, remoteId), localId);
    };
    const kinds = unknown(records);
    for (const [kind, remoteIds] of kinds) await learn(kind, remoteIds);
    if (unknown(records).size > 0) {
      const ours = await this.ours(entity, records);
      for (const kind of kinds.keys()) {
        const missing = unknown(ours).get(kind) ?? [];
        if (missing.length === 0) continue;
        await this.links.bring(kind, { remoteIds: missing });
        await learn(kind, missing);
      }
    }
    return (kind, remoteId) =>
      remoteId == null ? null : (known.get(keyOf(kind, remoteId)) ?? { unknown: String(remoteId) });
  }

  /** What records of MaK that are about to be named are called there; what is not there yet is brought over. */
  async wanted(named: Readonly<Record<string, readonly (Json | undefined)[]>>): Promise<There> {
    const known = new Map<string, string>();
    for (const [kind, values] of Object.entries(named)) {
      const localIds = [...new Set(values.filter((value) => typeof value === 'string'))];
      if (localIds.length === 0) continue;
      const learn = async (ids: readonly string[]): Promise<void> => {
        for (const [localId, remoteId] of await this.links.remoteIds(kind, ids))
          known.set(keyOf(kind, localId), remoteId);
      };
      await learn(localIds);
      const missing = localIds.filter((localId) => !known.has(keyOf(kind, localId)));
      if (missing.length === 0) continue;
      await this.links.bring(kind, { localIds: missing });
      await learn(missing);
    }
    return (kind, localId) =>
      typeof localId === 'string' ? (known.get(keyOf(kind, localId)) ?? null) : null;
  }

  /** Without those that carry an id which MaK does not have. */
  private async ours(
    entity: string,
    records: readonly NamingRecord[],
  ): Promise<readonly NamingRecord[]> {
    const claimed = records.flatMap((record) => record.claimed ?? []);
    if (claimed.length === 0) return records;
    const known = await this.links.ours(entity, claimed);
    return records.filter((record) => record.claimed === null || known.has(record.claimed));
  }
}

function keyOf(entity: string, id: number | string): string {
  return `${entity}/${id}`;
}
