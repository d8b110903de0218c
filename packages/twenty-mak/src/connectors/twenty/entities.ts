import type { FieldAbility, Values } from 'twenty-mak-domain';
import { choice, instant, list, member, money, plain, record, text } from './field-kinds.ts';
import type { FieldKind, Reference, References, TwentyRow } from './field-kinds.ts';

/** Records that twenty takes in one call, and gives in one page. */
export const BATCH = 200;

/** One field of MaK and the field of twenty that shows it. */
export interface TwentyField {
  readonly field: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly ability: Omit<FieldAbility, 'field'>;
}

/** An entity of MaK and the object of our app that shows it. */
export interface TwentyEntity {
  readonly name: string;
  /** Names of the object in twenty's API. */
  readonly singular: string;
  readonly plural: string;
  readonly fields: readonly TwentyField[];
  readonly createsInMak: boolean;
}

/** Follows from facts in MaK; what somebody writes there is put right. */
const OUT: TwentyField['ability'] = {
  directions: ['out'],
  rule: { direction: 'out', priority: 'mak', critical: false },
};
/** Edited by people on both sides; the last one wins. */
const NEWEST: TwentyField['ability'] = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'newest', critical: false },
};

function out(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: OUT };
}

function both(field: string, name: string, kind: FieldKind): TwentyField {
  return { field, name, kind, ability: NEWEST };
}

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
  {
    name: 'deal',
    singular: 'masterDeal',
    plural: 'masterDeals',
    createsInMak: true,
    fields: [
      both('name', 'name', text),
      both('amount', 'amount', money),
      both('owner', 'owner', member),
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
