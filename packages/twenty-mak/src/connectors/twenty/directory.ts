import type { Values } from 'twenty-mak-domain';
import { RemoteFailure } from '../sync/index.ts';
import type { ConnectorContext } from '../sync/index.ts';
import { foundSchema, membersSchema, readAs, writtenSchema } from './answers.ts';
import type { IdentifiedRow } from './answers.ts';
import type { TwentyClient } from './client.ts';
import { BATCH, entityNamed, partiesOf, referencesOf } from './entities.ts';
import type { TwentyEntity } from './entities.ts';
import type { Reference, References } from './field-kinds.ts';
import { EVERY_RECORD, findQuery, MEMBERS_QUERY, upsertMutation } from './queries.ts';

/** People whose e-mail addresses differ between the two systems. */
export type PeopleTable = readonly { readonly mak: string; readonly twenty: string }[];

/** What is known here of records that are linked, or are to be. */
export type Links = Pick<ConnectorContext, 'remoteIds' | 'localIds' | 'bring' | 'ours'>;

/** Milliseconds. */
const MEMBERS_LAST = 300_000;
/** An unknown address is asked for again after this, in milliseconds; somebody may just have been invited. */
const UNKNOWN_LASTS = 15_000;

/** twenty refuses a whole question for an id of another form. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds what records of twenty refer to: members by e-mail address, records of ours by MaK's id. */
export class TwentyDirectory {
  private members: ReadonlyMap<string, string> = new Map();
  private membersRead = Number.NEGATIVE_INFINITY;
  private readonly records = new Map<string, string>();
  private readonly localIds = new Map<string, string>();
  /** Records of twenty that are there, also in the bin. */
  private readonly there = new Set<string>();

  constructor(
    private readonly client: TwentyClient,
    private readonly people: PeopleTable,
    private links: Links,
  ) {}

  /** The same with links as they are asked for now. */
  through(links: Links): this {
    this.links = links;
    return this;
  }

  /** Ready to write these values; what they refer to and is not there yet is made with its id alone. */
  async resolve(entity: TwentyEntity, values: readonly Values[]): Promise<References> {
    const wanted = values
      .flatMap((one) => referencesOf(entity, one))
      .map(({ reference }) => reference);
    const emails = wanted.flatMap((one) =>
      one.kind === 'member' ? [this.emailIn(one.email)] : [],
    );
    if (emails.length > 0) await this.readMembers(emails);
    const byEntity = Map.groupBy(
      wanted.flatMap((one) => (one.kind === 'record' ? [one] : [])),
      (one) => one.entity,
    );
    for (const [name, references] of byEntity)
      await this.findRecords(name, [...new Set(references.map(({ localId }) => localId))]);
    const remote = Map.groupBy(
      wanted.flatMap((one) => (one.kind === 'remote' ? [one] : [])),
      (one) => one.entity,
    );
    for (const [name, references] of remote)
      await this.lookFor(name, [...new Set(references.map(({ remoteId }) => remoteId))]);
    return this.references;
  }

  /**
   * Ready to read these records: what they refer to and MaK does not have yet is brought over, where that is possible. What a
   * record of another MaK refers to is left to that one.
   */
  async adopt(entity: TwentyEntity, rows: readonly IdentifiedRow[]): Promise<void> {
    const unknown = (of: readonly IdentifiedRow[]): ReadonlyMap<string, readonly string[]> => {
      const parties = of.flatMap((row) => partiesOf(entity, row));
      const byKind = Map.groupBy(
        parties.filter(({ entity: name, remoteId }) => !this.localIds.has(`${name}/${remoteId}`)),
        (one) => one.entity,
      );
      return new Map(
        [...byKind].map(([name, ids]) => [name, [...new Set(ids.map(({ remoteId }) => remoteId))]]),
      );
    };
    const kinds = unknown(rows);
    for (const [name, ids] of kinds) await this.learn(name, ids);
    if (unknown(rows).size === 0) return;
    const ours = await this.ours(entity, rows);
    for (const name of kinds.keys()) {
      // Those of one kind may have brought some of the next.
      const missing = unknown(ours).get(name) ?? [];
      if (missing.length === 0) continue;
      await this.links.bring(name, { remoteIds: missing });
      await this.learn(name, missing);
    }
  }

  /** Records of twenty that are linked with one of MaK's. */
  async linkedHere(name: string, remoteIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.links.localIds(name, remoteIds)).keys());
  }

  readonly references: References = {
    idOf: (reference: Reference) => {
      switch (reference.kind) {
        case 'member':
          return this.members.get(this.emailIn(reference.email)) ?? null;
        case 'record':
          return this.records.get(`${reference.entity}/${reference.localId}`) ?? null;
        case 'remote':
          return this.there.has(reference.remoteId) ? reference.remoteId : null;
      }
    },
    personOf: (email) =>
      this.people.find(({ twenty }) => twenty.toLowerCase() === email)?.mak.toLowerCase() ?? email,
    localOf: (entity, remoteId) => this.localIds.get(`${entity}/${remoteId}`) ?? null,
  };

  /** Forgets ids of records, after twenty said that one of them is gone. */
  forgetRecords(): void {
    this.records.clear();
    this.localIds.clear();
    this.there.clear();
  }

  /** Without those that carry an id which MaK does not have. */
  private async ours(
    entity: TwentyEntity,
    rows: readonly IdentifiedRow[],
  ): Promise<readonly IdentifiedRow[]> {
    const claimed = rows.flatMap(({ makId }) => makId || []);
    if (claimed.length === 0) return rows;
    const known = await this.links.ours(entity.name, claimed);
    return rows.filter(({ makId }) => !makId || known.has(makId));
  }

  private emailIn(email: string): string {
    return (
      this.people.find(({ mak }) => mak.toLowerCase() === email.toLowerCase())?.twenty ?? email
    ).toLowerCase();
  }

  private async readMembers(emails: readonly string[]): Promise<void> {
    const age = performance.now() - this.membersRead;
    const isUnknown = emails.some((email) => !this.members.has(email));
    if (age < (isUnknown ? UNKNOWN_LASTS : MEMBERS_LAST)) return;
    const members = new Map<string, string>();
    let after: string | null = null;
    do {
      const answer = await this.client.ask('graphql', MEMBERS_QUERY, { after });
      if (answer.kind === 'refused') throw new RemoteFailure('unavailable', answer.refusal.reason);
      const { edges, pageInfo } = readAs(membersSchema, answer.data).found;
      for (const { node } of edges) {
        if (node.userEmail != null) members.set(node.userEmail.toLowerCase(), node.id);
      }
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    } while (after !== null);
    this.members = members;
    this.membersRead = performance.now();
  }

  private async findRecords(name: string, localIds: readonly string[]): Promise<void> {
    const unknown = localIds.filter((id) => !this.records.has(`${name}/${id}`));
    if (unknown.length === 0) return;
    await this.rememberLinked(name, unknown);
    const rest = unknown.filter((id) => !this.records.has(`${name}/${id}`));
    if (entityNamed(name).whenNamed === true) {
      if (rest.length === 0) return;
      await this.links.bring(name, { localIds: rest });
      await this.rememberLinked(name, rest);
      return;
    }
    for (let start = 0; start < rest.length; start += BATCH)
      await this.findOrMake(name, rest.slice(start, start + BATCH));
  }

  private async lookFor(name: string, remoteIds: readonly string[]): Promise<void> {
    const unknown = remoteIds.filter((id) => UUID.test(id) && !this.there.has(id));
    for (let start = 0; start < unknown.length; start += BATCH) {
      const named = { id: { in: unknown.slice(start, start + BATCH) } };
      const filter = { and: [named, EVERY_RECORD] };
      const found = await this.client.ask('graphql', findQuery(entityNamed(name)), { filter });
      if (found.kind === 'refused') throw new RemoteFailure('unavailable', found.refusal.reason);
      for (const { node } of readAs(foundSchema, found.data).found.edges) this.there.add(node.id);
    }
  }

  private async rememberLinked(name: string, localIds: readonly string[]): Promise<void> {
    const linked = await this.links.remoteIds(name, localIds);
    this.remember(
      name,
      [...linked].map(([makId, id]) => ({ makId, id })),
    );
  }

  private async learn(name: string, remoteIds: readonly string[]): Promise<void> {
    const linked = await this.links.localIds(name, remoteIds);
    this.remember(
      name,
      [...linked].map(([id, makId]) => ({ makId, id })),
    );
  }

  /** By MaK's id twenty keeps each record once, so making one that another process makes too is safe. */
  private async findOrMake(name: string, localIds: readonly string[]): Promise<void> {
    const entity = entityNamed(name);
    const filter = { makId: { in: localIds } };
    const found = await this.client.ask('graphql', findQuery(entity), { filter });
    if (found.kind === 'refused') throw new RemoteFailure('unavailable', found.refusal.reason);
    const rows = readAs(foundSchema, found.data).found.edges.map(({ node }) => node);
    this.remember(name, rows);
    const missing = localIds.filter((id) => !this.records.has(`${name}/${id}`));
    if (missing.length === 0) return;
    const data = missing.map((makId) => ({ makId }));
    const made = await this.client.ask('graphql', upsertMutation(entity), { data });
    if (made.kind === 'refused') throw new RemoteFailure('unavailable', made.refusal.reason);
    this.remember(name, readAs(writtenSchema, made.data).rows);
  }

  private remember(
    entity: string,
    rows: readonly { readonly id: string; readonly makId?: string | null | undefined }[],
  ): void {
    for (const { id, makId } of rows) {
      if (!makId) continue;
      this.records.set(`${entity}/${makId}`, id);
      this.localIds.set(`${entity}/${id}`, makId);
    }
  }
}
