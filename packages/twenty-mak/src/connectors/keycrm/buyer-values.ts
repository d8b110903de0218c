import type { Json, Values } from 'twenty-mak-domain';
import { spelledEmail, spelledName, spelledPhone, versionOf } from '../sync/index.ts';
import type { KeyCrmBuyer } from './answers.ts';
import { bodyOfSegments, segmentsOfBuyer, storedSegments } from './buyer-segments.ts';
import type { SegmentField } from './buyer-segments.ts';

/** A buyer in MaK's terms: the first address and the first number of each, and the segments if a field shows them. */
export function valuesOfBuyer(buyer: KeyCrmBuyer, field: SegmentField | null): Values {
  const { full_name, email, phone } = buyer;
  return storedBuyerValues({
    name: full_name,
    email: email[0] ?? null,
    phone: phone[0] ?? null,
    ...(field === null ? {} : { segments: segmentsOfBuyer(buyer, field) }),
  });
}

/** One spelling for equal values. */
export function storedBuyerValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, spelled(field, value)]),
  );
}

export interface BuyerBody {
  readonly full_name: string;
  readonly email?: readonly string[];
  readonly phone?: readonly string[];
  readonly custom_fields?: KeyCrmBuyer['custom_fields'];
}

/**
 * What a buyer is written with. Lists are written as a whole, so what else stands in them goes along; of one who becomes ours only
 * now, nothing is lost at all.
 */
export function bodyOfBuyer(
  values: Values,
  before: KeyCrmBuyer | null,
  field: SegmentField | null,
  isAdopted = false,
): BuyerBody {
  const { name = before?.full_name, email, phone } = values;
  const label = [name, email, phone].find(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  const further = (list: readonly string[] = []): readonly string[] =>
    list.slice(isAdopted ? 0 : 1);
  return {
    full_name: label ?? '',
    ...(email === undefined ? {} : { email: withFirst('email', email, further(before?.email)) }),
    ...(phone === undefined ? {} : { phone: withFirst('phone', phone, further(before?.phone)) }),
    ...bodyOfSegments(values, field),
  };
}

export function versionOfBuyer(buyer: KeyCrmBuyer, field: SegmentField | null): string {
  return versionOf(buyer.updated_at, valuesOfBuyer(buyer, field));
}

function withFirst(field: string, first: Json, further: readonly string[]): readonly string[] {
  const others = further.filter((one) => spelled(field, one) !== first);
  return typeof first === 'string' && first !== '' ? [first, ...others] : others;
}

function spelled(field: string, value: Json): Json {
  if (field === 'segments') return storedSegments(value);
  if (typeof value !== 'string') return value;
  if (field === 'name') return spelledName(value);
  if (field === 'email') return spelledEmail(value);
  return field === 'phone' ? spelledPhone(value) : value;
}
