import type { Values } from 'twenty-mak-domain';
import { party } from './contact-kinds.ts';
import { both, out } from './entity-fields.ts';
import type { TwentyEntity } from './entity-fields.ts';
import {
  choice,
  instant,
  list,
  member,
  money,
  plain,
  record,
  remoteRecord,
  text,
} from './field-kinds.ts';
import type { Reference, References, TwentyRow } from './field-kinds.ts';
import { MARKET_ENTITIES } from './market-entities.ts';
import { NOTE } from './note-entity.ts';
import { OPPORTUNITY } from './opportunity-entity.ts';
import { PARTY_ENTITIES } from './party-entities.ts';
import { TASK } from './task-entity.ts';

export { BATCH } from './entity-fields.ts';
export type { TwentyEntity } from './entity-fields.ts';

/** What twenty shows, in the order in which records refer to each other. */
export const TWENTY_ENTITIES: readonly TwentyEntity[] = [
  {
    name: 'pipeline',
    singular: 'makPipeline',
    plural: 'makPipelines',
    createsInMak: false,
    fields: [
      out('name', 'name', text),
      out('version', 'makVersion', plain),
      out('is_default', 'isDefault', plain),
      out('is_archived', 'isArchived', plain),
    ],
  },
  {
    name: 'stage',
    singular: 'makStage',
    plural: 'makStages',
    createsInMak: false,
    fields: [
      out('name', 'name', text),
      out('pipeline', 'pipeline', record('pipeline')),
      out('rank', 'rank', plain),
      out('kind', 'kind', choice),
    ],
  },
  ...PARTY_ENTITIES,
  OPPORTUNITY,
  {
    name: 'deal',
    singular: 'masterDeal',
    plural: 'masterDeals',
    createsInMak: true,
    fields: [
      both('name', 'name', text),
      both('amount', 'amount', money),
      both('owner', 'owner', member),
      both('client', 'company', party('company')),
      both('contact', 'pointOfContact', party('contact')),
      out('opportunity', 'opportunity', remoteRecord('opportunity')),
      out('pipeline', 'pipeline', record('pipeline')),
      out('stage', 'stage', record('stage')),
      out('business_stage', 'businessStage', text),
      out('stage_started_at', 'stageStartedAt', instant),
      out('gates', 'gates', list),
      out('missing_gates', 'missingGates', list),
      out('sla_state', 'slaState', choice),
      out('sla_due_at', 'slaDueAt', instant),
      out('outcome', 'outcome', choice),
      out('closed_at', 'closedAt', instant),
    ],
  },
  {
    name: 'sla_run',
    singular: 'makSlaRun',
    plural: 'makSlaRuns',
    createsInMak: false,
    fields: [
      out('name', 'name', text),
      out('deal', 'masterDeal', record('deal')),
      out('status', 'status', choice),
      out('opened_at', 'openedAt', instant),
      out('due_at', 'dueAt', instant),
      out('closed_at', 'closedAt', instant),
      out('accountable', 'accountable', text),
      out('acknowledged_at', 'acknowledgedAt', instant),
    ],
  },
  TASK,
  NOTE,
  ...MARKET_ENTITIES,
];

/** Throws for an entity that twenty does not show. */
export function entityNamed(name: string): TwentyEntity {
  const entity = TWENTY_ENTITIES.find((one) => one.name === name);
  if (entity === undefined) throw new Error(`twenty has no ${name}.`);
  return entity;
}

export function entityOfObject(singular: string): TwentyEntity | undefined {
  return TWENTY_ENTITIES.find((one) => one.singular === singular);
}

/** The entity whose records are attached by records of this object. */
export function entityAttachedBy(singular: string): TwentyEntity | undefined {
  return TWENTY_ENTITIES.find(({ attached }) => attached?.singular === singular);
}

/** Values of a record in MaK's terms. */
export function readValues(
  { fields }: TwentyEntity,
  row: TwentyRow,
  references: References,
): Values {
  return Object.fromEntries(
    fields.map(({ field, name, kind }) => [field, kind.read(row, name, references)]),
  );
}

/** Values as twenty gives them back once it has taken them. */
export function storedValues({ fields }: TwentyEntity, values: Values): Values {
  return Object.fromEntries(
    fields
      .filter(({ field }) => field in values)
      .map(({ field, kind }) => [field, kind.stored(values[field] ?? null)]),
  );
}

/** What values refer to. */
export function referencesOf(
  { fields }: TwentyEntity,
  values: Values,
): readonly { readonly field: string; readonly reference: Reference }[] {
  return fields.flatMap(({ field, kind }) => {
    const reference = field in values ? kind.reference(values[field] ?? null) : null;
    return reference === null ? [] : [{ field, reference }];
  });
}

/** Records of other kinds that a record refers to and that either side may have first. */
export function partiesOf(
  { fields }: TwentyEntity,
  row: TwentyRow,
): readonly { readonly entity: string; readonly remoteId: string }[] {
  return fields.flatMap(({ name, kind }) => kind.refersTo?.(row, name) ?? []);
}

/** The kind of records that a field refers to, of fields that are not synced without it. */
export function kindsReferredTo({ fields }: TwentyEntity): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ field, kind }) => {
      const isOptional = kind.refersTo !== undefined || kind.needsKind === true;
      const reference = isOptional ? kind.reference('any') : null;
      return reference?.kind === 'record' ? [[field, reference.entity]] : [];
    }),
  );
}

/** Kinds of records that records of this kind refer to. */
export function kindsNamed({ fields }: TwentyEntity): readonly string[] {
  const kinds = fields.flatMap(({ kind }) => {
    const reference = kind.reference('any');
    return reference?.kind === 'record' ? [reference.entity] : [];
  });
  return [...new Set(kinds)];
}

/** What has to be sent along, because twenty drops it otherwise. */
export function keptValues({ fields }: TwentyEntity, data: TwentyRow, row: TwentyRow): TwentyRow {
  const kept = fields.flatMap(({ name, kind }): [string, object][] => {
    const written = data[name];
    if (kind.keep === undefined || typeof written !== 'object' || written === null) return [];
    return [[name, { ...kind.keep(row, name), ...written }]];
  });
  return { ...data, ...Object.fromEntries(kept) };
}

/** Whether writing this drops something that has to be read before. */
export function dropsValues({ fields }: TwentyEntity, data: TwentyRow): boolean {
  return fields.some(({ name, kind }) => kind.keep !== undefined && name in data);
}

/** What has to be written to a record. */
export function writeValues(
  { fields }: TwentyEntity,
  values: Values,
  references: References,
): TwentyRow {
  return Object.fromEntries(
    fields
      .filter(({ field }) => field in values)
      .flatMap(({ field, name, kind }) =>
        Object.entries(kind.write(values[field] ?? null, name, references)),
      ),
  );
}
