import type { Json, Values } from 'twenty-mak-domain';
import type { MakChange, MakRecord, WriteRefusal } from '../../platform/records/index.ts';

/** Longest name of a deal, in characters. */
const LONGEST_NAME = 500;

/** Fields that other systems may change. */
export const WRITABLE_FIELDS = ['name', 'amount', 'owner', 'archived'] as const;

interface OwnEvent {
  readonly type: string;
  readonly data: object;
}

type Accounts = ReadonlyMap<string, string>;

/** Why a change cannot be taken over, if it cannot. */
export function refusalOf(
  { localId, values }: MakChange,
  record: MakRecord | null,
  accounts: Accounts,
): WriteRefusal | null {
  if (localId !== null && record === null)
    return refusal('deal_gone', 'There is no such deal.', null);
  if (record?.values['merged_into'] != null)
    return refusal('deal_merged', 'The deal was merged into another one. Change that one.', null);
  const unknown = Object.keys(values).find(
    (field) => !WRITABLE_FIELDS.some((one) => one === field),
  );
  if (unknown !== undefined)
    return refusal('field_read_only', `Nobody outside sets ${unknown} of a deal.`, unknown);
  const { name, amount, owner } = values;
  if (localId !== null && 'name' in values && (name === null || name === ''))
    return refusal('name_required', 'A deal has a name; write one.', 'name');
  if (typeof name === 'string' && name.length > LONGEST_NAME)
    return refusal('name_too_long', `A name has at most ${LONGEST_NAME} characters.`, 'name');
  if (amount != null && moneyOf(amount) === null)
    return refusal(
      'invalid_amount',
      'An amount is a whole number of minor units, with its currency.',
      'amount',
    );
  if (typeof owner === 'string' && !accounts.has(owner))
    return refusal(
      'unknown_owner',
      'No account has the e-mail address of this person. Invite the person.',
      'owner',
    );
  return null;
}

/** The events that a change is. */
export function dataOf(
  { localId, values }: MakChange,
  record: MakRecord | null,
  accounts: Accounts,
): readonly OwnEvent[] {
  const { name, amount, owner, archived } = values;
  const money = amount == null ? null : moneyOf(amount);
  const data = {
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...('amount' in values
      ? { amount: money?.minor ?? null, ...(money === null ? {} : { currency: money.currency }) }
      : {}),
    ...('owner' in values
      ? { owner_id: typeof owner === 'string' ? (accounts.get(owner) ?? null) : null }
      : {}),
  };
  if (localId === null) return [{ type: 'crm.deal.created', data }];
  const events: OwnEvent[] = [];
  if (Object.keys(data).length > 0) events.push({ type: 'deal.updated', data });
  if (typeof archived === 'boolean' && archived !== record?.values['archived'])
    events.push({ type: archived ? 'deal.archived' : 'deal.restored', data: {} });
  return events;
}

function moneyOf(value: Json): { readonly minor: number; readonly currency: string } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { minor, currency } = value as Values;
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor)) return null;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
  return { minor, currency };
}

function refusal(code: string, reason: string, field: string | null): WriteRefusal {
  return { code, reason, field };
}
