import { invalid } from './refusals.ts';
import type { CustomField, FieldModel, SimulatedSettings } from './settings.ts';

export type FieldValues = Readonly<Record<string, unknown>>;

/** Values of custom fields after some were written; uuids that the kind does not have are left out. */
export function writtenFields(
  settings: SimulatedSettings,
  model: FieldModel,
  before: FieldValues,
  sent: readonly { readonly uuid: string; readonly value: unknown }[] | null | undefined,
): FieldValues {
  const after: Record<string, unknown> = { ...before };
  for (const [index, { uuid, value }] of (sent ?? []).entries()) {
    const field = fieldNamed(settings, model, uuid);
    if (field === undefined) continue;
    if (field.type === 'select' && value !== null && !isChoice(field, value))
      throw invalid({
        [`custom_fields.${index}.value`]: ['The value must be an array of options.'],
      });
    after[uuid] = value;
  }
  return after;
}

/** Only those that hold something. */
export function shownFields(
  settings: SimulatedSettings,
  model: FieldModel,
  values: FieldValues,
): readonly object[] {
  return Object.entries(values).flatMap(([uuid, value]) => {
    const field = fieldNamed(settings, model, uuid);
    if (field === undefined || value === null || value === '') return [];
    const { id, name, type } = field;
    return [{ id, uuid, name, type, value }];
  });
}

function fieldNamed(
  settings: SimulatedSettings,
  model: FieldModel,
  uuid: string,
): CustomField | undefined {
  return settings.customFields.all.find((field) => field.model === model && field.uuid === uuid);
}

function isChoice({ options }: CustomField, value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => options.includes(String(one)));
}
