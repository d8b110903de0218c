import type { WriteRefusal } from '../../platform/records/index.ts';
import type { RemoteChange, Written } from '../sync/index.ts';
import type { IdentifiedRow } from './answers.ts';
import { attach, missingAttachments } from './attachments.ts';
import type { WantedAttachment } from './attachments.ts';
import type { TwentyClient } from './client.ts';
import type { TwentyDirectory } from './directory.ts';
import { readValues } from './entities.ts';
import type { Attachment, TwentyEntity } from './entity-fields.ts';

export type Outcome = Written<string, string>;
export type ReadRows = (
  entity: TwentyEntity,
  ids: readonly string[],
  by?: 'id' | 'makId',
) => Promise<readonly IdentifiedRow[]>;

/** Attaches records that were written to the deals that they belong to. */
export class Attacher {
  constructor(
    private readonly client: TwentyClient,
    private readonly directory: TwentyDirectory,
    private readonly rows: ReadRows,
  ) {}

  /** A record that was written and whose attachment was not is found by its id of ours and attached then. */
  async attach(
    entity: TwentyEntity,
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    const { attached, fields } = entity;
    const field = fields.find(({ name }) => name === attached?.plural)?.field;
    if (attached === undefined || field === undefined) return;
    const wanted = changes.flatMap((change) => {
      const outcome = outcomes.get(change);
      const deal = change.values[field];
      if (outcome?.kind !== 'written' || typeof deal !== 'string') return [];
      const dealId = this.directory.references.idOf({
        kind: 'record',
        entity: 'deal',
        localId: deal,
      });
      return dealId === null ? [] : [{ id: outcome.id, change, deal, dealId }];
    });
    if (wanted.length === 0) return;
    const rows = await this.byId(entity, wanted);
    const missing = missingAttachments(
      attached,
      wanted.flatMap((one) => {
        const row = rows.get(one.id);
        return row === undefined ? [] : [{ ...one, row }];
      }),
    );
    const refusals = await this.attachEach(attached, missing);
    const after = await this.byId(entity, wanted);
    for (const { id, change } of wanted) {
      const row = after.get(id);
      const refusal = refusals.get(id);
      if (refusal !== undefined)
        outcomes.set(change, { kind: 'refused', refusal: { ...refusal, field } });
      else if (row !== undefined)
        outcomes.set(change, {
          kind: 'written',
          id,
          values: readValues(entity, row, this.directory.references),
          version: row.updatedAt,
        });
    }
  }

  /** By the id of the record, why it could not be attached. */
  private async attachEach(
    attached: Attachment,
    wanted: readonly WantedAttachment[],
  ): Promise<ReadonlyMap<string, WriteRefusal>> {
    const [first] = wanted;
    if (first === undefined) return new Map();
    const refusal = await attach(this.client, attached, wanted);
    if (refusal === null) return new Map();
    this.directory.forgetRecords();
    if (wanted.length === 1) return new Map([[first.row.id, refusal]]);
    const middle = Math.ceil(wanted.length / 2);
    return new Map([
      ...(await this.attachEach(attached, wanted.slice(0, middle))),
      ...(await this.attachEach(attached, wanted.slice(middle))),
    ]);
  }

  private async byId(
    entity: TwentyEntity,
    records: readonly { readonly id: string }[],
  ): Promise<ReadonlyMap<string, IdentifiedRow>> {
    const rows = await this.rows(
      entity,
      records.map(({ id }) => id),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
