import type { Values } from 'twenty-mak-domain';
import type { RecordSources } from '../../platform/records/index.ts';
import type {
  ConnectorContext,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  WrittenThere,
} from '../sync/index.ts';
import type { KeyCrmBuyer } from './answers.ts';
import type { KeyCrmApi } from './api.ts';
import { hasSegments } from './buyer-segments.ts';
import type { SegmentField } from './buyer-segments.ts';
import type { Alone } from './buyer-turns.ts';
import { buyersLike } from './buyer-twins.ts';
import { bodyOfBuyer, valuesOfBuyer, versionOfBuyer } from './buyer-values.ts';
import type { BuyerBody } from './buyer-values.ts';
import { LATEST, nextCursor, readCursor, writeCursor } from './change-cursor.ts';

type Outcome = WrittenThere;
type Made = Extract<Outcome, { kind: 'written' }>;

/** MaK's contacts as buyers. A buyer has no place for MaK's id: it is known by its link, else by address or number. */
export class BuyerRecords {
  constructor(
    private readonly api: KeyCrmApi,
    private readonly context: Pick<ConnectorContext, 'tenantId' | 'localIds'>,
    private readonly sources: Pick<RecordSources, 'of'>,
    private readonly alone: Alone,
    private readonly field: SegmentField | null = null,
  ) {}

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const buyers = await this.api.buyersNamed(ids);
    return new Map(buyers.map((buyer) => [buyer.id, this.recordOf(buyer, null)]));
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
      found.set(localId, this.recordOf(buyer, localId));
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
        version: versionOfBuyer(buyer, this.field),
      })),
      cursor: writeCursor(next),
      more,
    };
  }

  /** KeyCRM compares no versions: a buyer is read once more right before it is written. */
  async write(changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    // What this batch has written is linked when it ends.
    const taken = new Set(changes.flatMap(({ remoteId }) => remoteId ?? []));
    for (const change of changes) {
      const write = (): Promise<Outcome> => this.one(change, taken);
      const outcome = await (change.remoteId === null ? this.alone(change.values, write) : write());
      if (outcome.kind === 'written') taken.add(outcome.id);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private async one(
    { remoteId, values, version }: RemoteChange,
    taken: ReadonlySet<string>,
  ): Promise<Outcome> {
    const before =
      remoteId === null
        ? await this.twin(values, taken)
        : ((await this.api.buyersNamed([remoteId]))[0] ?? null);
    if (remoteId !== null && before === null) return { kind: 'moved' };
    if (version !== null && before !== null && versionOfBuyer(before, this.field) !== version)
      return { kind: 'moved' };
    const gone = this.field?.refusal ?? null;
    if (gone !== null && remoteId !== null && 'segments' in values)
      return { kind: 'refused', refusal: gone };
    const body = bodyOfBuyer(values, before, this.field, remoteId === null);
    const answer =
      before === null
        ? await this.api.createBuyer(body)
        : await this.api.editBuyer(before.id, body);
    if (answer.kind === 'missing') return { kind: 'moved' };
    if (answer.kind === 'refused') return refusedBy(answer);
    // The answer is the buyer as this call has left it: what a later look shows, somebody may have written since.
    const left = await this.left(answer.value, values, before, body);
    // Who is not linked yet gets all the rest.
    const spared = hasSegments(values['segments']) ? gone : null;
    return { kind: 'written', ...this.writtenOf(left), spared };
  }

  /** The oldest buyer with this address or number that is nobody's yet. */
  private async twin(values: Values, taken: ReadonlySet<string>): Promise<KeyCrmBuyer | null> {
    const buyers = await buyersLike(this.api, values);
    if (buyers.length === 0) return null;
    const links = await this.context.localIds(
      'contact',
      buyers.map(({ id }) => id),
    );
    return buyers.find(({ id }) => !links.has(id) && !taken.has(id)) ?? null;
  }

  /** An answer shows no custom fields: those that were written are read, unless somebody may have written them since. */
  private async left(
    answer: KeyCrmBuyer,
    values: Values,
    before: KeyCrmBuyer | null,
    body: BuyerBody,
  ): Promise<KeyCrmBuyer> {
    if (this.field === null || answer.custom_fields != null) return answer;
    if (!('segments' in values)) return { ...answer, custom_fields: before?.custom_fields };
    const [shown] = await this.api.buyersNamed([answer.id]);
    const isSame = shown?.updated_at === answer.updated_at;
    return { ...answer, custom_fields: (isSame ? shown : body).custom_fields };
  }

  private writtenOf(buyer: KeyCrmBuyer): Pick<Made, 'id' | 'values' | 'version'> {
    const { field } = this;
    return {
      id: buyer.id,
      values: valuesOfBuyer(buyer, field),
      version: versionOfBuyer(buyer, field),
    };
  }

  private recordOf(buyer: KeyCrmBuyer, localId: string | null): RemoteRecord {
    const { id, ...record } = this.writtenOf(buyer);
    return { remoteId: id, localId, ...record };
  }
}

/** Only segments are written into a custom field. */
function refusedBy({ refusal }: Extract<Outcome, { kind: 'refused' }>): Outcome {
  const isOfField = refusal.field?.startsWith('custom_fields') === true;
  return { kind: 'refused', refusal: isOfField ? { ...refusal, field: 'segments' } : refusal };
}
