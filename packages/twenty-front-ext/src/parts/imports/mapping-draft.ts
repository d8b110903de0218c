import type {
  ImportLookFragment,
  ImportMappingFragment,
  ImportMappingInput,
} from '../../generated/graphql.ts';

/** What each column means, and what holds where a row says nothing. */
export interface MappingDraft {
  /** Field by column; a column that is not here is left out. */
  readonly fields: Readonly<Record<string, string>>;
  /** What words of a column mean. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Value by field, where a row has none. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly externalSystem: string;
  /** What becomes of records that are known; empty where the tenant has a rule. */
  readonly duplicates: string;
}

type Suggested = ImportLookFragment['mapping'];

export function suggestedDraft(mapping: Suggested, currency: string): MappingDraft {
  const fields = Object.fromEntries(mapping.map(({ column, field }) => [column, field]));
  return { fields, values: {}, defaults: { currency }, externalSystem: '', duplicates: '' };
}

/** A saved mapping, as far as the file has its columns. */
export function draftOf(
  { columns, defaults, externalSystem, duplicates }: ImportMappingFragment,
  known: readonly string[],
  currency: string,
): MappingDraft {
  const own = columns.filter(({ column }) => known.includes(column));
  return {
    fields: Object.fromEntries(own.map(({ column, field }) => [column, field])),
    values: Object.fromEntries(own.map(({ column, values }) => [column, textsOf(values)])),
    defaults: { currency, ...textsOf(defaults) },
    externalSystem: externalSystem ?? '',
    duplicates: duplicates ?? '',
  };
}

/** The draft as the server takes it. */
export function mappingInput(draft: MappingDraft): ImportMappingInput {
  const { fields, values, externalSystem, duplicates } = draft;
  const used = usedFields(draft);
  const needsCurrency = used.has('amount') && !used.has('currency');
  const columns = Object.entries(fields).map(([column, field]) => {
    const words = values[column] ?? {};
    return { column, field, ...(Object.keys(words).length === 0 ? {} : { values: words }) };
  });
  const defaults = Object.fromEntries(
    Object.entries(draft.defaults).filter(([field, value]) =>
      field === 'currency' ? needsCurrency : value !== '',
    ),
  );
  return {
    columns,
    defaults,
    ...(used.has('external_id') ? { externalSystem: externalSystem.trim() } : {}),
    ...(duplicates === '' ? {} : { duplicates }),
  };
}

/** Fields that columns fill. */
export function usedFields({ fields }: MappingDraft): ReadonlySet<string> {
  return new Set(Object.values(fields));
}

export function withDefault(draft: MappingDraft, field: string, value: string): MappingDraft {
  return { ...draft, defaults: { ...draft.defaults, [field]: value } };
}

export function withField(draft: MappingDraft, column: string, field: string): MappingDraft {
  const { [column]: _field, ...others } = draft.fields;
  const { [column]: _words, ...values } = draft.values;
  return { ...draft, values, fields: field === '' ? others : { ...others, [column]: field } };
}

export function withMeaning(
  draft: MappingDraft,
  column: string,
  word: string,
  meaning: string,
): MappingDraft {
  const { [word]: _before, ...others } = draft.values[column] ?? {};
  const words = meaning === '' ? others : { ...others, [word]: meaning };
  return { ...draft, values: { ...draft.values, [column]: words } };
}

/** Name of an attribute that keeps a column which is no field. */
export function attributeOf(column: string, place: number): string {
  const key = column.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replace(/^[^A-Za-z]+/, '');
  return `attributes.${(key === '' ? `column_${place + 1}` : key).slice(0, 64)}`;
}

function textsOf(values: unknown): Readonly<Record<string, string>> {
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
