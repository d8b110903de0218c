import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { KeyCrmBuyer, KeyCrmField } from './answers.ts';

/** The custom field of buyers that shows the segments of the client. */
export interface SegmentField {
  readonly uuid: string;
  /** What may be chosen; null for a text. */
  readonly options: readonly string[] | null;
  readonly isMultiple: boolean;
  /** Why nothing can be written into it; null when something can. */
  readonly refusal: WriteRefusal | null;
}

const TEXTS: readonly string[] = ['text', 'textarea'];
const written = z.union([
  z.string(),
  z.number().transform(String),
  z.looseObject({ value: z.string() }).transform(({ value }) => value),
]);

/** Fields of buyers that can show segments. */
export function segmentFieldsAmong(fields: readonly KeyCrmField[]): readonly KeyCrmField[] {
  return fields.filter(
    ({ model, type }) => model === 'client' && (TEXTS.includes(type) || type === 'select'),
  );
}

/** The field that the settings name. Somebody may have deleted it in KeyCRM: then buyers go on without segments, and say why. */
export function segmentFieldOf(fields: readonly KeyCrmField[], uuid: string): SegmentField {
  const field = segmentFieldsAmong(fields).find((one) => one.uuid === uuid);
  if (field === undefined) {
    const reason = `Buyers in KeyCRM have no field ${uuid} for texts or choices. Name one that is there in the settings of this connector, or none.`;
    const refusal = { code: 'refused_by_keycrm', reason, field: 'segments' };
    return { uuid, isMultiple: false, options: null, refusal };
  }
  const { type, is_multiple, options } = field;
  return {
    uuid,
    isMultiple: is_multiple === true,
    options: type === 'select' ? options : null,
    refusal: null,
  };
}

/** What a buyer shows. */
export function segmentsOfBuyer({ custom_fields }: KeyCrmBuyer, { uuid }: SegmentField): Json {
  const value = custom_fields?.find((field) => field.uuid === uuid)?.value ?? null;
  const list = Array.isArray(value) ? value : [value];
  return storedSegments(list.flatMap((one) => written.safeParse(one).data ?? []));
}

export function hasSegments(value: Json | undefined): boolean {
  return partsOf(value).length > 0;
}

/**
 * Names one by one in one order, however a field holds them. A text divides them at commas, so a name with a comma counts as
 * several everywhere.
 */
export function storedSegments(value: Json | undefined): Json {
  return partsOf(value).toSorted();
}

/** What a buyer is written with. Of a choice only what the field offers, and of a single choice the first. */
export function bodyOfSegments(
  { segments }: Values,
  field: SegmentField | null,
): Pick<KeyCrmBuyer, 'custom_fields'> {
  if (segments === undefined || field === null || field.refusal !== null) return {};
  const { uuid, options, isMultiple } = field;
  const names = partsOf(segments);
  if (options === null) return { custom_fields: [{ uuid, value: names.join(', ') }] };
  const offered = names.flatMap(
    (name) => options.find((one) => one.trim().toLowerCase() === name.toLowerCase()) ?? [],
  );
  return { custom_fields: [{ uuid, value: isMultiple ? offered : offered.slice(0, 1) }] };
}

function partsOf(value: Json | undefined): readonly string[] {
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  const parts = names.flatMap((name) => name.split(',')).map((name) => name.trim());
  return [...new Set(parts.filter((name) => name !== ''))];
}
