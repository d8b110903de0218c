import type { RowError } from './answers.ts';
import type { FieldEntry, RecordEntity, Scalar } from './stored.ts';

/** Kinds of custom fields that can be made here; amoCRM has more. */
export const FIELD_TYPES = [
  'text',
  'textarea',
  'url',
  'streetaddress',
  'tracking_data',
  'numeric',
  'monetary',
  'checkbox',
  'select',
  'radiobutton',
  'multiselect',
  'date',
  'date_time',
  'birthday',
  'multitext',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldEnum {
  readonly id: number;
  readonly value: string;
  readonly sort: number;
  readonly code: string | null;
}

export interface FieldDefinition {
  readonly id: number;
  readonly entity: RecordEntity;
  readonly name: string;
  readonly type: FieldType;
  readonly code: string | null;
  readonly sort: number;
  readonly isPredefined: boolean;
  readonly enums: readonly FieldEnum[];
}

export interface GivenValue {
  readonly value?: unknown;
  readonly enum_id?: number | undefined;
  readonly enum_code?: string | null | undefined;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A value as it is kept, or what is wrong with it; `path` is where it stands in what was sent. */
export function keptEntry(
  { type, enums }: FieldDefinition,
  given: GivenValue,
  path: string,
): FieldEntry | RowError {
  const { value } = given;
  switch (type) {
    case 'numeric':
    case 'monetary':
      // Numbers come back as texts.
      return (typeof value === 'number' && Number.isFinite(value)) ||
        (typeof value === 'string' && NUMBER.test(value))
        ? { value: String(value) }
        : wrongType(path, 'numeric');
    case 'checkbox':
      return typeof value === 'boolean' ? { value } : wrongType(path, 'bool');
    case 'date':
    case 'date_time':
    case 'birthday':
      return instant(value, path);
    case 'select':
    case 'radiobutton':
    case 'multiselect':
      return chosen(enums, given, path);
    case 'multitext': {
      if (typeof value !== 'string') return wrongType(path, 'string');
      // Without a kind it is the first one.
      const named = given.enum_code == null && given.enum_id === undefined;
      const found = named ? enums[0] : enums.find((one) => isNamed(one, given));
      return found === undefined
        ? noChoice(`${path}.enum_code`)
        : { value, enum_id: found.id, enum_code: found.code };
    }
    default:
      return typeof value === 'string' ? { value } : wrongType(path, 'string');
  }
}

export function isRowError(kept: FieldEntry | RowError): kept is RowError {
  return 'detail' in kept;
}

export function wrongType(path: string, type: string): RowError {
  return { code: 'InvalidType', path, detail: `This value should be of type ${type}.` };
}

export function noChoice(path: string): RowError {
  return {
    code: 'NotSupportedChoice',
    path,
    detail: 'The value you selected is not a valid choice.',
  };
}

/** As `GET …/custom_fields` shows it. */
export function shownField(field: FieldDefinition): Readonly<Record<string, unknown>> {
  const { id, name, type, code, sort, entity, isPredefined, enums } = field;
  return {
    id,
    name,
    type,
    code,
    sort,
    entity_type: entity,
    is_predefined: isPredefined,
    is_deletable: !isPredefined,
    is_api_only: false,
    group_id: null,
    required_statuses: [],
    enums: enums.length === 0 ? null : enums,
  };
}

function instant(value: unknown, path: string): FieldEntry | RowError {
  if (typeof value === 'number' && Number.isInteger(value)) return { value };
  const millis = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(millis)
    ? { value: Math.floor(millis / 1_000) }
    : wrongType(path, 'integer');
}

function chosen(
  enums: readonly FieldEnum[],
  given: GivenValue,
  path: string,
): FieldEntry | RowError {
  const found = enums.find((one) => isNamed(one, given));
  if (found === undefined) return noChoice(path);
  return { value: found.value, enum_id: found.id, enum_code: found.code };
}

function isNamed({ id, value, code }: FieldEnum, given: GivenValue): boolean {
  if (given.enum_id !== undefined) return given.enum_id === id;
  if (given.enum_code != null) return given.enum_code === code;
  return (given.value as Scalar) === value;
}
