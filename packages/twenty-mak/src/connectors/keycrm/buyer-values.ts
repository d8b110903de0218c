import { createHash } from 'node:crypto';
import type { Json, Values } from 'twenty-mak-domain';
import { spelledEmail, spelledName, spelledPhone } from '../sync/index.ts';
import type { KeyCrmBuyer } from './answers.ts';

/** A buyer in MaK's terms: the first address and the first number of each. */
export function valuesOfBuyer({ full_name, email, phone }: KeyCrmBuyer): Values {
  return storedBuyerValues({
    name: full_name,
    email: email[0] ?? null,
    phone: phone[0] ?? null,
  });
}

/** One spelling for equal values. */
export function storedBuyerValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, spelled(field, value)]),
  );
}

/**
 * What a buyer is written with. Lists are written as a whole, so what else stands in them goes along; of one who becomes ours only
 * now, nothing is lost at all.
 */
export function bodyOfBuyer(values: Values, before: KeyCrmBuyer | null, isAdopted = false): object {
  const { name = before?.full_name, email, phone } = values;
  const label = [name, email, phone].find((one) => typeof one === 'string' && one !== '');
  const further = (list: readonly string[] = []): readonly string[] =>
    list.slice(isAdopted ? 0 : 1);
  return {
    full_name: label ?? '',
    ...(email === undefined ? {} : { email: withFirst('email', email, further(before?.email)) }),
    ...(phone === undefined ? {} : { phone: withFirst('phone', phone, further(before?.phone)) }),
  };
}

/** Differs after every change of what we look at; KeyCRM's clock counts whole seconds. */
export function versionOfBuyer(buyer: KeyCrmBuyer): string {
  const content = JSON.stringify(valuesOfBuyer(buyer));
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16);
  return `${buyer.updated_at}.${hash}`;
}

function withFirst(field: string, first: Json, further: readonly string[]): readonly string[] {
  const others = further.filter((one) => spelled(field, one) !== first);
  return typeof first === 'string' && first !== '' ? [first, ...others] : others;
}

function spelled(field: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (field === 'name') return spelledName(value);
  if (field === 'email') return spelledEmail(value);
  return field === 'phone' ? spelledPhone(value) : value;
}
