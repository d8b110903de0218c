import type { SimulatedAccount } from './account.ts';
import { LOST, WON } from './account.ts';
import { invalid } from './answers.ts';
import type { RowError } from './answers.ts';
import { isRowError, keptEntry, noChoice } from './custom-fields.ts';
import type { FieldDefinition } from './custom-fields.ts';
import type { RecordInput, Row } from './inputs.ts';
import type { Change, FieldEntry, RecordEntity, Scalar, StoredRecord } from './stored.ts';

/** Values of a row that become a record's own, by kind. */
const WRITABLE = {
  leads: ['name', 'price', 'status_id', 'pipeline_id', 'loss_reason_id', 'closed_at'],
  contacts: ['name', 'first_name', 'last_name'],
  companies: ['name'],
} as const satisfies Record<RecordEntity, readonly (keyof RecordInput)[]>;
const SHARED = [
  'responsible_user_id',
  'created_by',
  'updated_by',
  'created_at',
  'updated_at',
] as const;

/** Makes or changes records: all of them or, when anything is wrong with one, none. Throws 400. */
export function writeRecords(
  account: SimulatedAccount,
  entity: RecordEntity,
  rows: readonly Row<RecordInput>[],
  mode: 'create' | 'update',
  userId: number,
): readonly StoredRecord[] {
  const failed = new Map<string, readonly RowError[]>();
  const written = rows.flatMap(({ input, key }) => {
    const errors: RowError[] = [];
    const record = new RecordWriter(account, entity, userId, errors).written(input, mode);
    if (errors.length > 0) failed.set(key, errors);
    return record === null ? [] : [record];
  });
  if (failed.size > 0) throw invalid(failed);
  return keep(account, written);
}

/** Keeps records that are known to be right, and tells of them. */
export function keep(
  account: SimulatedAccount,
  written: readonly StoredRecord[],
): readonly StoredRecord[] {
  const changes = written.flatMap((after): Change[] => {
    const rows = account.records[after.entity];
    const before = rows.get(after.id) ?? null;
    rows.set(after.id, after);
    return changesOf(before, after);
  });
  account.onChange(changes);
  return written;
}

/** A stage or an owner that changes is told beside the update, not in place of it. */
function changesOf(before: StoredRecord | null, after: StoredRecord): Change[] {
  if (before === null) return [{ kind: 'record', action: 'add', before, after }];
  const wasDeleted = before.scalars['is_deleted'] === true;
  if (wasDeleted !== (after.scalars['is_deleted'] === true))
    return [{ kind: 'record', action: wasDeleted ? 'restore' : 'delete', before, after }];
  const differs = (name: string): boolean => before.scalars[name] !== after.scalars[name];
  const actions: ('update' | 'status' | 'responsible')[] = ['update'];
  if (differs('status_id') || differs('pipeline_id')) actions.push('status');
  if (differs('responsible_user_id')) actions.push('responsible');
  return actions.map((action) => ({ kind: 'record', action, before, after }));
}

class RecordWriter {
  private readonly account: SimulatedAccount;
  private readonly entity: RecordEntity;
  private readonly userId: number;
  private readonly errors: RowError[];

  constructor(account: SimulatedAccount, entity: RecordEntity, userId: number, errors: RowError[]) {
    this.account = account;
    this.entity = entity;
    this.userId = userId;
    this.errors = errors;
  }

  /** Null when there is nothing to change. */
  written(input: RecordInput, mode: 'create' | 'update'): StoredRecord | null {
    const { account, entity } = this;
    const before = mode === 'create' ? this.fresh() : account.records[entity].get(input.id ?? 0);
    if (before === undefined || before.scalars['is_deleted'] === true) {
      this.errors.push({ code: 'NotSupportedChoice', path: 'id', detail: 'Entity not found.' });
      return null;
    }
    const scalars = this.scalars(before, input, mode);
    return {
      ...before,
      scalars,
      custom: this.custom(before.custom, input),
      tags: this.tags(before, input),
      ...this.links(before, input),
    };
  }

  private fresh(): StoredRecord {
    const { account, entity, userId } = this;
    const id = account.nextId();
    const now = account.seconds();
    const own: Record<RecordEntity, Record<string, Scalar>> = {
      leads: { name: `Lead #${id}`, price: 0, loss_reason_id: null, closed_at: null },
      contacts: { name: '', first_name: '', last_name: '' },
      companies: { name: '' },
    };
    return {
      entity,
      id,
      scalars: {
        ...own[entity],
        responsible_user_id: userId,
        created_by: userId,
        updated_by: userId,
        created_at: now,
        updated_at: now,
        is_deleted: false,
      },
      custom: new Map(),
      tags: [],
      contacts: [],
      mainContact: null,
      company: null,
    };
  }

  private scalars(
    before: StoredRecord,
    input: RecordInput,
    mode: 'create' | 'update',
  ): StoredRecord['scalars'] {
    const { account, entity, userId } = this;
    const given = Object.fromEntries(
      [...WRITABLE[entity], ...SHARED].flatMap((name) => {
        const value = input[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ) as Record<string, Scalar>;
    const owner = given['responsible_user_id'];
    if (owner !== undefined && !account.users.some(({ id }) => id === owner))
      this.errors.push(noChoice('responsible_user_id'));
    const scalars: Record<string, Scalar> = {
      ...before.scalars,
      ...(mode === 'update' ? { updated_by: userId, updated_at: account.seconds() } : {}),
      ...given,
    };
    if (entity === 'contacts') this.nameContact(scalars, given);
    return entity === 'leads' ? this.placed(scalars, input) : scalars;
  }

  /** Of the whole name and its parts, what was given says what the other is. */
  private nameContact(scalars: Record<string, Scalar>, given: Record<string, Scalar>): void {
    const isOfParts = given['first_name'] !== undefined || given['last_name'] !== undefined;
    if (given['name'] === undefined && isOfParts)
      scalars['name'] = [scalars['first_name'], scalars['last_name']].filter(Boolean).join(' ');
    else if (given['name'] !== undefined && !isOfParts) {
      const [first = '', ...rest] = String(given['name']).split(' ');
      scalars['first_name'] = first;
      scalars['last_name'] = rest.join(' ');
    }
  }

  /** The stage of a lead. The closed ones are in every pipeline, so alone they say nothing of which. */
  private placed(
    scalars: Record<string, Scalar>,
    { pipeline_id, status_id, loss_reason_id, closed_at }: RecordInput,
  ): Record<string, Scalar> {
    const { account } = this;
    const byStatus = account.pipelines.find(({ statuses }) =>
      statuses.some(({ id }) => id === status_id && id !== WON && id !== LOST),
    );
    const named = pipeline_id ?? byStatus?.id ?? scalars['pipeline_id'];
    const pipeline = account.pipeline(Number(named ?? account.mainPipeline.id));
    if (pipeline === undefined) {
      this.errors.push(noChoice('pipeline_id'));
      return scalars;
    }
    const isMoved = scalars['pipeline_id'] !== pipeline.id;
    const wanted = status_id ?? (isMoved ? undefined : scalars['status_id']);
    const status = pipeline.statuses.find(({ id, type }) =>
      wanted === undefined ? type === 0 : id === wanted,
    );
    if (status === undefined) {
      this.errors.push(noChoice('status_id'));
      return scalars;
    }
    if (loss_reason_id != null && status.id !== LOST) this.errors.push(noChoice('loss_reason_id'));
    const isClosed = status.id === WON || status.id === LOST;
    const closed = closed_at ?? scalars['closed_at'] ?? account.seconds();
    return {
      ...scalars,
      pipeline_id: pipeline.id,
      status_id: status.id,
      closed_at: isClosed ? closed : null,
      loss_reason_id: status.id === LOST ? (scalars['loss_reason_id'] ?? null) : null,
    };
  }

  private custom(before: StoredRecord['custom'], input: RecordInput): StoredRecord['custom'] {
    const after = new Map(before);
    for (const [index, given] of (input.custom_fields_values ?? []).entries()) {
      const path = `custom_fields_values.${index}`;
      const field = this.field(given.field_id, given.field_code);
      if (field === undefined) {
        this.errors.push(
          noChoice(`${path}.${given.field_id === undefined ? 'field_code' : 'field_id'}`),
        );
        continue;
      }
      const kept = (given.values ?? []).map((value, place) =>
        keptEntry(field, value, `${path}.values.${place}.value`),
      );
      this.errors.push(...kept.filter(isRowError));
      const entries = kept.filter((one): one is FieldEntry => !isRowError(one));
      // The list that is sent is the whole one, of telephone numbers too.
      if (entries.length === 0) after.delete(field.id);
      else after.set(field.id, entries);
    }
    return after;
  }

  private field(id: number | undefined, code: string | undefined): FieldDefinition | undefined {
    return this.account.fields.find(
      (field) =>
        field.entity === this.entity &&
        (id === undefined ? code !== undefined && field.code === code : field.id === id),
    );
  }

  private tags(before: StoredRecord, input: RecordInput): StoredRecord['tags'] {
    const { account, entity } = this;
    const named = (list: readonly { id?: number | undefined; name?: string | undefined }[]) =>
      list.flatMap(({ id, name }) =>
        name === undefined
          ? account.tags[entity].filter((tag) => tag.id === id)
          : [account.tag(entity, name)],
      );
    const sent = input._embedded?.tags;
    const list = sent === undefined ? before.tags : named(sent ?? []);
    const without = named(input.tags_to_delete ?? []);
    const all = [...list, ...named(input.tags_to_add ?? [])].filter(
      (tag) => !without.includes(tag),
    );
    return [...new Set(all)];
  }

  private links(
    before: StoredRecord,
    { _embedded }: RecordInput,
  ): Pick<StoredRecord, 'contacts' | 'mainContact' | 'company'> {
    const { contacts, mainContact, company } = before;
    const given = this.entity === 'leads' ? _embedded?.contacts : undefined;
    for (const [index, { id }] of (given ?? []).entries())
      if (!this.account.records.contacts.has(id))
        this.errors.push(noChoice(`_embedded.contacts.${index}.id`));
    const main = given?.find(({ is_main }) => is_main === true) ?? given?.[0];
    const named = _embedded?.companies?.[0]?.id;
    if (named !== undefined && !this.account.records.companies.has(named))
      this.errors.push(noChoice('_embedded.companies.0.id'));
    return {
      contacts: given?.map(({ id }) => id) ?? contacts,
      mainContact: main?.id ?? mainContact,
      company: named ?? company,
    };
  }
}
