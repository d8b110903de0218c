import type { Values } from 'twenty-mak-domain';
import { leftWhereChanged } from '../sync/index.ts';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmOrder } from './answers.ts';
import { storedOrderValues, valuesOfOrder } from './order-values.ts';

/** Fields of which the answer to an edit says what they have become. */
const TOLD: readonly string[] = ['status', 'comment', 'payments'];
/** The same, while the lines stay: they follow from the total. */
const SUMS: readonly string[] = ['discount', 'shipping_price'];
/** Fields of which only a look afterwards says it. */
const SHOWN: readonly string[] = ['lines', 'tracking_code'];

/** An order as a call has left it, as far as its answer says: it has no lines, no payments and no parcel. */
export function toldOrder(before: KeyCrmOrder, answer: KeyCrmOrder): KeyCrmOrder {
  const { status_id, status_group_id, buyer_comment } = answer;
  const { grand_total, shipping_price, wrap_price, taxes } = answer;
  return {
    ...before,
    ...{ status_id, status_group_id, buyer_comment },
    ...{ grand_total, shipping_price, wrap_price, taxes },
  };
}

/** What an edit with these values has left; `told` is the order by the answers, `after` its values as a later look shows them. */
export function leftByEdit(
  values: Values,
  [before, told]: readonly [KeyCrmOrder, KeyCrmOrder],
  after: Values,
  account: KeyCrmAccount,
): Values {
  const names = Object.keys(values);
  const sure = 'lines' in values ? TOLD : [...TOLD, ...SUMS];
  const shown = among(values, SHOWN);
  return {
    ...among(
      valuesOfOrder(told, account, null),
      names.filter((name) => sure.includes(name)),
    ),
    ...leftWhereChanged(storedOrderValues(shown), valuesOfOrder(before, account, null), after),
  };
}

/** What an order was made with, as the first look at it shows. Who buys, KeyCRM says itself. */
export function leftByMaking(values: Values, made: KeyCrmOrder, account: KeyCrmAccount): Values {
  const names = [...TOLD, ...SUMS, ...SHOWN].filter((name) => name in values);
  return among(valuesOfOrder(made, account, null), names);
}

function among(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
