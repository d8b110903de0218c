import type { Json, Values } from 'twenty-mak-domain';
import type { RecordSources } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type {
  ConnectorContext,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  Written,
} from '../sync/index.ts';
import type { KeyCrmBuyer } from './answers.ts';
import type { KeyCrmApi } from './api.ts';
import { bodyOfBuyer, storedBuyerValues, valuesOfBuyer, versionOfBuyer } from './buyer-values.ts';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';

type Outcome = Written<string, string>;

/** MaK's contacts as buyers. A buyer has no place for MaK's id: it is known by its link, else by address or number. */
export class BuyerRecords {
  constructor(
    private readonly api: KeyCrmApi,
    private readonly context: ConnectorContext,
    private readonly sources: RecordSources,
  ) {}

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const buyers = await this.api.buyersNamed(ids);
    return new Map(buyers.map((buyer) => [buyer.id, recordOf(buyer, null)]));
  }

  async find(localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const contacts = await this.sources
      .of('contact')
      .read(this.context.tenantId, localIds, 'keycrm');
    const found = new Map<string, RemoteRecord>();
    const taken = new Set<string>();
    for (const [localId, { values }] of contacts) {
      const buyer = await this.twin(values, taken);
      if (buyer === null) continue;
      taken.add(buyer.id);
      found.set(localId, recordOf(buyer, localId));
    }
    return found;
  }

  /** Whom a buyer is here the link says. */
  async changedSince(cursor: string | null): Promise<RemotePage> {
    const from = readCursor(cursor);
    const { rows, more } = await this.api.buyersChanged(from.since, LATEST, from.page);
    const links = await this.context.localIds(
      'contact',
      rows.map(({ id }) => id),
    );
    const next = nextCursor(
      from,
      rows.map(({ updated_at }) => updated_at),
      more,
    );
    return {
      seen: rows.map((buyer) => ({
        remoteId: buyer.id,
        localId: links.get(buyer.id) ?? null,
        version: versionOfBuyer(buyer),
      })),
      cursor: writeCursor(next),
      more,
    };
  }

  /** KeyCRM compares no versions: buyers are read once more right before they are written. */
  async write(changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const ids = changes.flatMap(({ remoteId }) => remoteId ?? []);
    const known = new Map((await this.api.buyersNamed(ids)).map((buyer) => [buyer.id, buyer]));
    const outcomes: Outcome[] = [];
    // What this batch has written is linked when it ends.
    const taken = new Set(ids);
    for (const change of changes) {
      const outcome = await this.one(change, known, taken);
      if (outcome.kind === 'written') taken.add(outcome.id);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private async one(
    { remoteId, values, version }: RemoteChange,
    known: ReadonlyMap<string, KeyCrmBuyer>,
    taken: ReadonlySet<string>,
  ): Promise<Outcome> {
    const before =
      remoteId === null ? await this.twin(values, taken) : (known.get(remoteId) ?? null);
    if (remoteId !== null && before === null) return { kind: 'moved' };
    if (version !== null && before !== null && versionOfBuyer(before) !== version)
      return { kind: 'moved' };
    const body = bodyOfBuyer(values, before, remoteId === null);
    const answer =
      before === null
        ? await this.api.createBuyer(body)
        : await this.api.editBuyer(before.id, body);
    if (answer.kind === 'missing') return { kind: 'moved' };
    if (answer.kind === 'refused') return answer;
    const after = (await this.api.buyersNamed([answer.value.id]))[0];
    if (after === undefined)
      throw new RemoteFailure('unavailable', 'KeyCRM does not show what was written.');
    return { kind: 'written', ...writtenOf(after) };
  }

  /**
   * The oldest buyer with this address or number that is nobody's yet: orders that KeyCRM is told of find the same one. Two with
   * one number and different addresses are two people of one office.
   */
  private async twin(
    { email, phone }: Values,
    taken: ReadonlySet<string>,
  ): Promise<KeyCrmBuyer | null> {
    const buyers = [
      ...(typeof email === 'string' ? await this.api.buyersWith('buyer_email', email) : []),
      ...(typeof phone === 'string' ? await this.api.buyersWith('buyer_phone', phone) : []),
    ];
    if (buyers.length === 0) return null;
    const links = await this.context.localIds(
      'contact',
      buyers.map(({ id }) => id),
    );
    const free = buyers.filter(
      (buyer) => !links.has(buyer.id) && !taken.has(buyer.id) && mayHaveAddress(buyer, email),
    );
    return free.toSorted((left, right) => Number(left.id) - Number(right.id))[0] ?? null;
  }
}

function mayHaveAddress(buyer: KeyCrmBuyer, email: Json | undefined): boolean {
  if (typeof email !== 'string' || buyer.email.length === 0) return true;
  return buyer.email.some((one) => storedBuyerValues({ email: one })['email'] === email);
}

/** KeyCRM wants an end of every span; this one is later than all changes. */
export const LATEST = Date.UTC(2100, 0);

function writtenOf(buyer: KeyCrmBuyer): {
  readonly id: string;
  readonly values: Values;
  readonly version: string;
} {
  return { id: buyer.id, values: valuesOfBuyer(buyer), version: versionOfBuyer(buyer) };
}

function recordOf(buyer: KeyCrmBuyer, localId: string | null): RemoteRecord {
  const { id, ...record } = writtenOf(buyer);
  return { remoteId: id, localId, ...record };
}
