import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type { RemoteChange, RemoteRecord, Written } from '../sync/index.ts';
import { readAs, TookTooLong } from './answers.ts';
import type { AmocrmAnswer, RowRefusal } from './answers.ts';
import type { BatchSize } from './batch-size.ts';
import type { AmocrmClient } from './client.ts';
import { isMakIdGone } from './fields.ts';

export type Outcome = Written<string, string>;

/** A change as amoCRM gets it. */
export interface Step {
  readonly change: RemoteChange;
  readonly row: object;
  /** Null makes a record. */
  readonly id: number | null;
}

/** What a step has become there. */
export interface Sent<S extends Step> {
  readonly step: S;
  readonly id: number;
}

/** A record as it is read, and which user has changed it last, where amoCRM says so. */
export interface ReadRecord extends RemoteRecord {
  readonly changedBy?: number | null;
}

/** What is MaK's in a record that it has written. */
export interface OwnWrites<S extends Step> {
  /** By whom MaK writes; 0 where nobody knows. */
  readonly userId: number;
  /** Values as amoCRM gives them back. */
  readonly stored: (values: Values) => Values;
  /** Which of MaK's fields a step says besides its row, by links. */
  readonly linked?: (step: S) => readonly string[];
}

/** What a row that was sent to be made is there. */
export interface Made {
  /** Its place among the rows. */
  readonly row: number;
  readonly id: number;
  /** It was there before, and amoCRM took the row for it. */
  readonly isMet: boolean;
}

/** Rows that are made by a call of their own, which may find them there already. */
export interface Making<S extends Step> {
  readonly path: string;
  readonly read: (answer: AmocrmAnswer) => readonly Made[];
  /** What becomes of rows that were met. */
  readonly meet: (met: readonly Sent<S>[], outcomes: Map<RemoteChange, Outcome>) => Promise<void>;
}

/** Rows of one kind, and what becomes of them. */
export interface RowKind<S extends Step> {
  /** E.g. `leads/notes`: the last word of the path is what rows are called. */
  readonly path: string;
  /** Left out: they are made as they are changed. */
  readonly making?: Making<S>;
  /** Which of MaK's fields a value of a row is, by its path in the row. */
  readonly fieldOf: (path: string, row: object) => string | null;
  /** What amoCRM says of them may repeat what people wrote. */
  readonly isPersonal?: true;
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, ReadRecord>>;
  /** So it shows when somebody has written since. */
  readonly own: OwnWrites<S>;
  /** Does what rows cannot say; gives why not, by its step. */
  readonly complete?: (sent: readonly Sent<S>[]) => Promise<ReadonlyMap<S, WriteRefusal>>;
  /** The field with MaK's id was removed there. */
  readonly onFieldGone?: () => void;
}

/** Writes rows of one kind, many at once, and tells of each what became of it. */
export class RowWriter<S extends Step> {
  constructor(
    private readonly client: AmocrmClient,
    private readonly batch: BatchSize,
    private readonly kind: RowKind<S>,
  ) {}

  /**
   * New ones first; each group is read right before it is written, also when the other one was written meanwhile. Answers in the
   * order of the changes. Rejects with a `RemoteFailure`.
   */
  async writeInTurn(
    changes: readonly RemoteChange[],
    stepsOf: (
      group: readonly RemoteChange[],
      outcomes: Map<RemoteChange, Outcome>,
    ) => Promise<readonly S[]>,
  ): Promise<readonly Outcome[]> {
    const outcomes = new Map<RemoteChange, Outcome>();
    for (const isNew of [true, false]) {
      const group = changes.filter(({ remoteId }) => (remoteId === null) === isNew);
      await this.write(await stepsOf(group, outcomes), outcomes);
    }
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  /** New ones first. Rejects with a `RemoteFailure`. */
  async write(steps: readonly S[], outcomes: Map<RemoteChange, Outcome>): Promise<void> {
    for (const isNew of [true, false]) {
      const group = steps.filter(({ id }) => (id === null) === isNew);
      for (let sent = 0; sent < group.length;) {
        const part = group.slice(sent, sent + this.batch.now);
        await this.sendInTime(part, outcomes);
        sent += part.length;
      }
    }
  }

  /**
   * What changes records may be sent once more at once. What makes them is not: some may be there already, so they are looked for
   * when it is tried again.
   */
  private async sendInTime(
    steps: readonly S[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    try {
      await this.send(steps, outcomes);
      this.batch.succeeded();
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      this.batch.tookTooLong();
      if (steps.length === 1 || steps[0]?.id === null) throw error;
      for (const part of halves(steps)) await this.sendInTime(part, outcomes);
    }
  }

  /** A batch is refused as a whole; the others of it are sent again without those that amoCRM names. */
  private async send(steps: readonly S[], outcomes: Map<RemoteChange, Outcome>): Promise<void> {
    const [first] = steps;
    if (first === undefined) return;
    const isNew = first.id === null;
    const { making } = this.kind;
    const path = (isNew ? making?.path : undefined) ?? this.kind.path;
    const answer = await this.client.ask({
      method: isNew ? 'POST' : 'PATCH',
      path,
      body: steps.map(({ row, id }, index) => ({
        ...row,
        ...(id === null ? {} : { id }),
        request_id: String(index),
      })),
    });
    if (answer.kind === 'refused') {
      this.requireField(answer.rows);
      const reasons = new Map(answer.rows.map((row) => [Number(row.row), row]));
      const wrong = steps.filter((_step, index) => reasons.has(index) || steps.length === 1);
      for (const step of wrong) {
        const refusal = this.refusalOf(step, reasons.get(steps.indexOf(step)), answer.reason);
        outcomes.set(step.change, { kind: 'refused', refusal });
      }
      const rest = steps.filter((step) => !wrong.includes(step));
      const parts = wrong.length > 0 ? [rest] : halves(rest);
      for (const part of parts) await this.send(part, outcomes);
      return;
    }
    if (isNew && making !== undefined) {
      const made = making.read(answer);
      await making.meet(sentAs(steps, made, true), outcomes);
      await this.finish(sentAs(steps, made, false), outcomes);
      return;
    }
    const ids = isNew ? madeIds(answer, path) : steps.map(({ id }) => id ?? 0);
    await this.finish(
      steps.map((step, index) => ({ step, id: ids[index] ?? 0 })),
      outcomes,
    );
  }

  /** amoCRM answers ids alone, and may have changed what it was sent. */
  private async finish(
    sent: readonly Sent<S>[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    const refusals = (await this.kind.complete?.(sent)) ?? new Map<S, WriteRefusal>();
    const read = await this.kind.read(sent.map(({ id }) => String(id)));
    for (const { step, id } of sent) {
      const record = read.get(String(id));
      if (record === undefined)
        throw new RemoteFailure('unavailable', 'amoCRM does not show what was written.');
      const refusal = refusals.get(step);
      const { remoteId, values, version } = this.asWritten(step, record, refusal);
      // What is new has to be linked, whatever it lacks: MaK's next change tries again.
      outcomes.set(
        step.change,
        refusal === undefined || step.change.remoteId === null
          ? { kind: 'written', id: remoteId, values, version }
          : { kind: 'refused', refusal },
      );
    }
  }

  /**
   * What somebody has written since is no answer to what we wrote: it would be taken for the same in other words, and never come
   * to MaK. It is seen by the next look, in its own version.
   */
  private asWritten(step: S, record: ReadRecord, refusal: WriteRefusal | undefined): RemoteRecord {
    const { own, fieldOf } = this.kind;
    const { changedBy } = record;
    if (changedBy == null || own.userId === 0 || changedBy === own.userId) return record;
    const { change, row } = step;
    // A new record may go without a value that amoCRM cannot have.
    const told = pathsOf(row).map((path) => fieldOf(path, row));
    const sent = new Set([...told, ...(own.linked?.(step) ?? [])]);
    const ours = Object.entries(own.stored(change.values)).filter(
      ([field]) => sent.has(field) && field !== refusal?.field,
    );
    return { ...record, values: { ...record.values, ...Object.fromEntries(ours) }, version: '' };
  }

  private requireField(rows: readonly RowRefusal[]): void {
    const { onFieldGone, path } = this.kind;
    if (onFieldGone === undefined || !rows.some(isMakIdGone)) return;
    onFieldGone();
    throw new RemoteFailure(
      'unavailable',
      `Somebody has removed the custom field of the ${path} with MaK's id in amoCRM; MaK makes it anew.`,
    );
  }

  private refusalOf(step: S, row: RowRefusal | undefined, reason: string): WriteRefusal {
    const { fieldOf, isPersonal } = this.kind;
    const field = row === undefined ? null : fieldOf(row.path, step.row);
    const said = isPersonal
      ? `amoCRM does not take ${field === null ? 'these values' : `this ${field}`}.`
      : (row?.reason ?? reason);
    return { code: 'refused_by_amocrm', reason: said, field };
  }
}

function sentAs<S extends Step>(
  steps: readonly S[],
  made: readonly Made[],
  isMet: boolean,
): readonly Sent<S>[] {
  return made.flatMap((one) => {
    const step = steps[one.row];
    return step === undefined || one.isMet !== isMet ? [] : [{ step, id: one.id }];
  });
}

/** Of a list each place. */
function pathsOf(row: object): readonly string[] {
  return Object.entries(row).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((_one, place) => `${name}.${place}`) : [name],
  );
}

/** Ids of new records in the order of the rows, which `request_id` tells. */
function madeIds(answer: AmocrmAnswer, path: string): readonly number[] {
  const name = path.split('/').at(-1) ?? path;
  const schema = z.object({
    _embedded: z.object({
      [name]: z.array(z.object({ id: z.int(), request_id: z.coerce.string() })),
    }),
  });
  const made = readAs(schema, answer.kind === 'data' ? answer.data : undefined);
  return (made._embedded[name] ?? [])
    .toSorted((left, right) => Number(left.request_id) - Number(right.request_id))
    .map(({ id }) => id);
}

export function halves<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)];
}
