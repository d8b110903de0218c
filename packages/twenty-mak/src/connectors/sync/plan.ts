import { ANY_FIELD } from 'twenty-mak-domain';
import type { Instant, Merge, SideRecord, Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { withoutFirstEmpties } from './first-values.ts';
import { mergeMoved, outgoingUnmoved } from './moves.ts';
import { DELETED_THERE, WITHHELD_THERE } from './ports.ts';
import type {
  MakRecord,
  RemoteRecord,
  RemoteRecords,
  SyncedEntity,
  SyncPorts,
  Work,
} from './ports.ts';
import { sentUpTo } from './sent.ts';

/** A record with both sides as they were read, and what each has to take over. */
export interface Plan {
  readonly work: Work;
  readonly mak: MakRecord | null;
  /** Null also when there was no need to read it. */
  readonly remote: RemoteRecord | null;
  /** Null when there is none, or no longer. */
  readonly remoteId: string | null;
  /** MaK's id that the remote record carries and under which there is nothing, as far as was looked; else null. */
  readonly claimed: string | null;
  readonly merge: Merge;
  /** Why nothing is done with it. */
  readonly refusal: WriteRefusal | null;
}

const NOTHING: Merge = { toMak: {}, toRemote: {}, agreed: {}, conflicts: [] };
/** Whatever is there, nothing is to be done about it. */
const UNCHOSEN: Omit<Plan, 'work'> = {
  mak: null,
  remote: null,
  remoteId: null,
  claimed: null,
  merge: NOTHING,
  refusal: null,
};

/** Reads both sides of records that wait and decides what each has to take over. */
export async function planBatch(
  ports: SyncPorts,
  entity: SyncedEntity,
  works: readonly Work[],
): Promise<readonly Plan[]> {
  const { mak, remote: system, fingerprint } = ports;
  const locals = await mak.read(entity.name, present(works.map(({ localId }) => localId)));
  const own = (work: Work): MakRecord | null => locals.get(work.localId ?? '') ?? null;
  const apart = new Set(await wholesApart(mak, entity, [...locals.values()]));
  const isApart = ({ values }: Pick<RemoteRecord, 'values'>): boolean =>
    apart.has(String(values[entity.partOf?.field ?? '']));
  const chosen = (work: Work): boolean => {
    const record = own(work);
    if (record === null) return true;
    if (isApart(record)) return false;
    const isNew = work.remoteId === null && !isInDoubt(work);
    if (isNew && entity.isMadeThere?.(record.values) === false) return false;
    return entity.chooses?.(work.localId ?? '', record.values) !== false;
  };
  const blind = new Map<Work, Values>();
  for (const work of works) {
    const record = own(work);
    if (record === null || work.remoteId === null || mustRead(work) || !chosen(work)) continue;
    const values = outgoingUnmoved(entity, work, record.values, fingerprint);
    if (values !== null) blind.set(work, withoutFirstEmpties(entity, work.agreed, values));
  }
  const remotes = await readRemote(
    system,
    entity,
    works.filter((work) => !blind.has(work) && chosen(work)),
  );
  const withheld = await withheldOf(
    system,
    entity,
    works.filter((work) => !blind.has(work) && chosen(work) && !remotes.has(work)),
  );
  const strangers = works.flatMap((work) => (own(work) === null ? (remotes.get(work) ?? []) : []));
  for (const id of await wholesApart(mak, entity, strangers)) apart.add(id);
  // Where the other system has no place for MaK's id, the link says whose the record was.
  const linkedWith = ({ localId, remoteId }: Work): string | null =>
    remoteId === null ? null : localId;
  const claimOf = (work: Work): string | null => {
    const remote = remotes.get(work);
    if (own(work) !== null || !entity.createsInMak || remote === undefined) return null;
    return remote.localId ?? linkedWith(work);
  };
  const claims = present(works.map(claimOf));
  const gone = claims.length === 0 ? NOBODY : ((await mak.gone?.(entity.name, claims)) ?? NOBODY);
  const now = await ports.now();
  return works.map((work): Plan => {
    if (!chosen(work)) return { ...UNCHOSEN, work };
    const record = own(work);
    const stranger = record === null ? remotes.get(work) : undefined;
    if (stranger !== undefined && isApart(stranger)) return { ...UNCHOSEN, work };
    const unread = blind.get(work);
    if (unread !== undefined)
      return {
        work,
        mak: record,
        remote: null,
        remoteId: work.remoteId,
        claimed: null,
        merge: { ...NOTHING, toRemote: unread, agreed: work.agreed },
        refusal: null,
      };
    const remote = remotes.get(work) ?? null;
    const read = { work, mak: record, remote, remoteId: remote?.remoteId ?? null, refusal: null };
    const unseen = { remoteId: work.remoteId, merge: { ...NOTHING, agreed: work.agreed } };
    if (withheld.has(work.remoteId ?? ''))
      return { ...read, ...unseen, claimed: null, refusal: WITHHELD_THERE };
    const claimed = claimOf(work);
    // It is another MaK's, or of a deal that is gone: it must not become one of ours.
    if (claimed !== null)
      return { ...read, claimed, merge: NOTHING, refusal: gone.get(claimed) ?? null };
    if (
      entity.staysDeleted === true &&
      record !== null &&
      remote === null &&
      work.remoteId !== null
    )
      return { ...read, ...unseen, claimed, refusal: DELETED_THERE };
    const merge = mergeMoved(
      entity,
      { ...work, sent: sentUpTo(work.sent, remote?.values ?? {}, fingerprint) },
      record === null ? null : sideOf(work, 'mak', record.values, null),
      remote === null ? null : sideOf(work, 'remote', remote.values, now),
      fingerprint,
    );
    const toRemote = withoutFirstEmpties(entity, merge.agreed, merge.toRemote);
    return { ...read, claimed, merge: { ...merge, toRemote } };
  });
}

/** Ids of what these records are parts of and that does not go over. */
async function wholesApart(
  mak: SyncPorts['mak'],
  { partOf }: SyncedEntity,
  records: readonly Pick<RemoteRecord, 'values'>[],
): Promise<readonly string[]> {
  if (partOf === undefined) return [];
  const ids = records.map(({ values }) => values[partOf.field]);
  const named = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (named.length === 0) return [];
  const wholes = await mak.read(partOf.entity, named);
  return [...wholes].flatMap(([id, { values }]) => (partOf.chooses(id, values) ? [] : [id]));
}

const NOBODY: ReadonlyMap<string, WriteRefusal> = new Map();

/** A record that was perhaps made already by an attempt that never ended is looked for, and one that was claimed. */
async function readRemote(
  remote: RemoteRecords,
  { name, whenNamed = false, isMet = false }: SyncedEntity,
  works: readonly Work[],
): Promise<ReadonlyMap<Work, RemoteRecord>> {
  const linked = present(works.map(({ remoteId }) => remoteId));
  const lost = works.filter(
    (work) =>
      work.remoteId === null &&
      (isInDoubt(work) || ((whenNamed || isMet) && work.pending.remoteTouched)),
  );
  const byId =
    linked.length === 0 ? new Map<string, RemoteRecord>() : await remote.read(name, linked);
  const byLocal =
    lost.length === 0
      ? new Map<string, RemoteRecord>()
      : await remote.find(name, present(lost.map(({ localId }) => localId)));
  return new Map(
    works.flatMap((work): [Work, RemoteRecord][] => {
      const record = byId.get(work.remoteId ?? '') ?? byLocal.get(work.localId ?? '');
      return record === undefined ? [] : [[work, record]];
    }),
  );
}

/** Those of these records that are kept from us: nobody knows what they are, so nothing is done with them. */
async function withheldOf(
  remote: RemoteRecords,
  { name }: SyncedEntity,
  unread: readonly Work[],
): Promise<ReadonlySet<string>> {
  const ids = present(unread.map(({ remoteId }) => remoteId));
  return ids.length === 0 || remote.withheld === undefined ? new Set() : remote.withheld(name, ids);
}

function mustRead(work: Work): boolean {
  return work.pending.remoteTouched || isInDoubt(work);
}

/** An earlier attempt may have written something whose answer was lost. */
function isInDoubt({ sent }: Work): boolean {
  return Object.keys(sent).length > 0;
}

/** `since` is when MaK hears of changes that nobody told: now, by reading them. */
function sideOf(
  { pending }: Work,
  side: 'mak' | 'remote',
  values: Values,
  since: Instant | null,
): SideRecord {
  const { [ANY_FIELD]: unnamed, ...heard } = pending.heardAt[side];
  const rest = unnamed ?? since;
  const heardAt: Record<string, Instant> = { ...heard };
  if (rest !== null) for (const field of Object.keys(values)) heardAt[field] ??= rest;
  return { values, heardAt };
}

function present(ids: readonly (string | null)[]): readonly string[] {
  return ids.filter((id) => id !== null);
}
