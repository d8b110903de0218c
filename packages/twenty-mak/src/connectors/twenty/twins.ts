import type { Values } from 'twenty-mak-domain';
import { v5 as uuidv5 } from 'uuid';
import { RemoteFailure } from '../sync/index.ts';
import type { RemoteChange, Written } from '../sync/index.ts';
import { foundSchema, readAs } from './answers.ts';
import type { IdentifiedRow } from './answers.ts';
import type { TwentyClient } from './client.ts';
import type { TwentyDirectory } from './directory.ts';
import { readValues } from './entities.ts';
import type { TwentyEntity } from './entities.ts';
import { findQuery, updateMutation } from './queries.ts';

type Outcome = Written<string, string>;

/** Makes ids there out of ours. */
const NAMESPACE = 'a0f6c1f2-6f0b-4b55-9b1e-2f4c7d1e8a93';

/**
 * What a new record is called there. An app cannot make twenty keep `makId` once on objects of twenty's own; so two processes
 * that make a record at the same time, or one that heard no answer, make it once.
 */
export function newRemoteId(localId: string): string {
  return uuidv5(localId, NAMESPACE);
}

interface Candidate {
  readonly row: IdentifiedRow;
  readonly values: Values;
  readonly isLinked: boolean;
}

/** Records that are asked after in one call. */
const AT_ONCE = 40;

/**
 * Finds records of twenty that are what MaK is about to make there, so that nobody is there twice. Such a record gets MaK's
 * id; then both sides are read and brought together like two that always were.
 */
export class Twins {
  constructor(
    private readonly client: TwentyClient,
    private readonly directory: TwentyDirectory,
  ) {}

  /** Outcomes of new records that must not be made. */
  async claim(
    entity: TwentyEntity,
    changes: readonly RemoteChange[],
  ): Promise<ReadonlyMap<RemoteChange, Outcome>> {
    const { twins } = entity;
    const outcomes = new Map<RemoteChange, Outcome>();
    const fresh = changes.filter(({ remoteId }) => remoteId === null);
    if (twins === undefined || fresh.length === 0) return outcomes;
    const candidates = await this.candidates(entity, fresh);
    const taken = new Set<string>();
    const inBatch = new Set<string>();
    for (const change of fresh) {
      const unique = twins.unique(change.values);
      const same = candidates.filter(
        ({ row, values }) =>
          row.makId === change.localId || (unique !== null && twins.unique(values) === unique),
      );
      // An answer was lost: it is there, and is found by its id.
      const own = same.find(({ row }) => row.makId === change.localId);
      const alike = candidates.filter(({ values }) => twins.isAlike(change.values, values));
      const free = [...same, ...alike].find(({ row, isLinked }) => !isLinked && !taken.has(row.id));
      if (own !== undefined) outcomes.set(change, { kind: 'moved' });
      else if (free !== undefined) {
        taken.add(free.row.id);
        outcomes.set(change, await this.link(entity, free.row.id, change));
      } else if (same.length > 0) outcomes.set(change, alreadyLinked(entity));
      else if (unique !== null && inBatch.has(unique)) outcomes.set(change, { kind: 'moved' });
      if (unique !== null) inBatch.add(unique);
    }
    return outcomes;
  }

  /** In the order of their ids, so that everybody takes the same one. */
  private async candidates(
    entity: TwentyEntity,
    changes: readonly RemoteChange[],
  ): Promise<readonly Candidate[]> {
    const rows = new Map<string, IdentifiedRow>();
    for (let start = 0; start < changes.length; start += AT_ONCE) {
      const page = changes.slice(start, start + AT_ONCE);
      const or = page.flatMap(({ values }) => entity.twins?.filters(values) ?? []);
      const made = { makId: { in: page.map(({ localId }) => localId) } };
      const answer = await this.client.ask('graphql', findQuery(entity), {
        filter: { or: [made, ...or] },
      });
      if (answer.kind === 'refused')
        throw new RemoteFailure(
          'unavailable',
          `twenty does not say which ${entity.plural} it has.`,
        );
      for (const { node } of readAs(foundSchema, answer.data).found.edges) rows.set(node.id, node);
    }
    const linked = await this.directory.linkedHere(entity.name, [...rows.keys()]);
    return [...rows.values()]
      .toSorted((left, right) => (left.id < right.id ? -1 : 1))
      .map((row) => ({
        row,
        values: readValues(entity, row, this.directory.references),
        isLinked: Boolean(row.makId) || linked.has(row.id),
      }));
  }

  /** Gives it MaK's id, unless somebody was faster; either way both sides are read next. */
  private async link(
    entity: TwentyEntity,
    id: string,
    { localId }: RemoteChange,
  ): Promise<Outcome> {
    const answer = await this.client.ask('graphql', updateMutation(entity), {
      filter: { and: [{ id: { eq: id } }, { makId: { is: 'NULL' } }] },
      data: { makId: localId },
    });
    return answer.kind === 'refused' ? alreadyLinked(entity) : { kind: 'moved' };
  }
}

function alreadyLinked({ name }: TwentyEntity): Outcome {
  const reason = `twenty has this ${name} already, and it is linked with another one of MaK. Make one of the two in MaK.`;
  return { kind: 'refused', refusal: { code: 'already_linked', reason, field: null } };
}
