import type { SimulatedAccount } from './account.ts';
import type { FieldDefinition } from './custom-fields.ts';
import type { FieldEntry, RecordEntity, StoredRecord } from './stored.ts';

/** A custom field as the page shows it: of several values the first one. */
export interface FieldInput {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What may be chosen; null of one that takes any text. */
  readonly choices: readonly string[] | null;
  /** Whether it may have several lines. */
  readonly isLong: boolean;
}

/** What a form says of a custom field, as a row of the API has it; no values clear it. */
export interface FieldRow {
  readonly field_id: number;
  readonly values: readonly { readonly value: unknown; readonly enum_id?: number }[] | null;
}

const CHOSEN: readonly string[] = ['select', 'radiobutton'];
const TYPED: readonly string[] = ['text', 'textarea', 'url', 'numeric', 'monetary', 'multitext'];

/** The custom fields of a record that people can edit on the page; those with dates, boxes and several choices they cannot. */
export function fieldInputs(
  account: SimulatedAccount,
  entity: RecordEntity,
  record: StoredRecord | undefined,
): readonly FieldInput[] {
  return editable(account, entity).map((field) => ({
    name: nameOf(field),
    label: field.name,
    value: String(record?.custom.get(field.id)?.[0]?.value ?? ''),
    choices: CHOSEN.includes(field.type) ? field.enums.map(({ value }) => value) : null,
    isLong: field.type === 'textarea',
  }));
}

/** What a form changes in the custom fields of a record. Of several values only the first one is changed. */
export function fieldRows(
  account: SimulatedAccount,
  entity: RecordEntity,
  record: StoredRecord | undefined,
  form: URLSearchParams,
): readonly FieldRow[] {
  return editable(account, entity).flatMap((field): FieldRow[] => {
    const text = textIn(form, nameOf(field));
    const [first, ...others] = record?.custom.get(field.id) ?? [];
    if (text === null || text === String(first?.value ?? '')) return [];
    const values = [...(text === '' ? [] : [valueOf(field, text, first)]), ...others];
    return [{ field_id: field.id, values: values.length === 0 ? null : values }];
  });
}

/** Browsers send line breaks in two characters. */
export function textIn(form: URLSearchParams, name: string): string | null {
  return form.get(name)?.replaceAll('\r\n', '\n') ?? null;
}

function editable({ fields }: SimulatedAccount, entity: RecordEntity): readonly FieldDefinition[] {
  return fields.filter(
    (field) =>
      field.entity === entity && (TYPED.includes(field.type) || CHOSEN.includes(field.type)),
  );
}

/** A telephone number keeps its kind. */
function valueOf(
  { type }: FieldDefinition,
  value: string,
  before: FieldEntry | undefined,
): { readonly value: string; readonly enum_id?: number } {
  if (type !== 'multitext' || before?.enum_id === undefined) return { value };
  return { value, enum_id: before.enum_id };
}

function nameOf({ id }: FieldDefinition): string {
  return `field_${id}`;
}
