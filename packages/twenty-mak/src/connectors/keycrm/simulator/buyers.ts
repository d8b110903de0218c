import { z } from 'zod';
import { shownFields, writtenFields } from './custom-fields.ts';
import type { FieldValues } from './custom-fields.ts';
import { customFields, day, numeric, read, text, wholeNumber } from './input.ts';
import { isNamed, isWithin } from './lists.ts';
import type { ListOptions } from './lists.ts';
import { unknownValue } from './refusals.ts';
import { Rows } from './rows.ts';
import type { SimulatedSettings } from './settings.ts';
import { restStamp, stamped } from './stamps.ts';

export interface BuyerRow {
  readonly id: number;
  readonly full_name: string;
  readonly birthday: string | null;
  readonly email: readonly string[];
  readonly phone: readonly string[];
  readonly note: string | null;
  readonly discount: number | null;
  readonly company_id: number | null;
  readonly manager_id: number | null;
  readonly shipping: readonly object[];
  readonly fields: FieldValues;
  readonly created_at: number;
  readonly updated_at: number;
}

const body = z.looseObject({
  full_name: text.min(1),
  birthday: day.nullish(),
  email: z.array(z.email()).nullish(),
  phone: z.array(text).nullish(),
  note: text.nullish(),
  discount: numeric.nullish(),
  company_id: wholeNumber.nullish(),
  manager_id: wholeNumber.nullish(),
  shipping: z.array(z.looseObject({})).nullish(),
  custom_fields: customFields,
});

const importBody = z.looseObject({ buyers: z.array(z.unknown()).min(1).max(50) });

/** One person who buys, as an order names it. */
export interface InlineBuyer {
  readonly full_name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

/** Who buys. */
export class SimulatedBuyers {
  readonly rows = new Rows<BuyerRow>(23_043);
  private readonly settings: SimulatedSettings;
  private readonly now: () => number;

  constructor(settings: SimulatedSettings, now: () => number) {
    this.settings = settings;
    this.now = now;
  }

  create(sent: unknown): object {
    return this.show(this.rows.add(this.written(EMPTY, sent, this.now())));
  }

  /** Lists that are sent replace those that were there. */
  edit(id: unknown, sent: unknown): object {
    const before = this.rows.get(id);
    const after = this.written(before, sent, before.created_at);
    return this.show(this.rows.put({ ...after, id: before.id }));
  }

  import(sent: unknown): object {
    const { buyers } = read(importBody, sent);
    const now = this.now();
    const rows = buyers.map((one) => this.written(EMPTY, one, now));
    for (const row of rows) this.rows.add(row);
    return { status: true };
  }

  /** The one with this telephone number or address, else a new one. */
  matching({ full_name, email, phone }: InlineBuyer): BuyerRow {
    const digits = digitsOf(phone ?? '');
    const address = email?.toLowerCase() ?? '';
    const known = this.rows.all.find(
      (row) =>
        (digits !== '' && row.phone.some((one) => digitsOf(one) === digits)) ||
        (address !== '' && row.email.some((one) => one.toLowerCase() === address)),
    );
    if (known !== undefined) return known;
    const at = this.now();
    return this.rows.add({
      ...EMPTY,
      full_name: full_name ?? phone ?? email ?? '',
      email: email == null ? [] : [email],
      phone: phone == null ? [] : [phone],
      created_at: at,
      updated_at: at,
    });
  }

  /** As an order shows it: one address and one number. */
  inline(id: number): object {
    const { full_name, email, phone, company_id, manager_id } = this.rows.get(id);
    const first = { email: email[0] ?? null, phone: phone[0] ?? null };
    return { id, full_name, ...first, company_id, manager_id };
  }

  show(row: BuyerRow, includes: ReadonlySet<string> = new Set()): object {
    const { fields, shipping, discount: _discount, company_id, manager_id, ...plain } = row;
    const manager = manager_id === null ? null : this.settings.users.find(manager_id);
    return {
      ...stamped(plain, restStamp),
      ...(includes.has('shipping') ? { shipping } : {}),
      ...(includes.has('manager') ? { manager } : {}),
      ...(includes.has('company')
        ? { company: company_id === null ? null : { id: company_id } }
        : {}),
      ...(includes.has('loyalty') ? { loyalty: null } : {}),
      ...(includes.has('custom_fields')
        ? { custom_fields: shownFields(this.settings, 'client', fields) }
        : {}),
    };
  }

  readonly list: ListOptions<BuyerRow> = {
    filters: {
      buyer_id: ({ id }, value) => isNamed(id, value),
      // Numbers are compared as they were written.
      buyer_phone: ({ phone }, value) => phone.some((one) => isNamed(one, value)),
      buyer_email: ({ email }, value) => email.some((one) => isNamed(one, value)),
      created_between: ({ created_at }, value) => isWithin(created_at, value),
      updated_between: ({ updated_at }, value) => isWithin(updated_at, value),
    },
    includes: ['manager', 'shipping', 'company', 'loyalty', 'custom_fields'],
    sorts: ['created_at', 'updated_at'],
    show: (row, includes) => this.show(row, includes),
  };

  private written(
    before: Omit<BuyerRow, 'id'>,
    sent: unknown,
    created: number,
  ): Omit<BuyerRow, 'id'> {
    const { custom_fields: sentFields, ...values } = read(body, sent);
    if (values.manager_id != null && !this.settings.users.has(values.manager_id))
      throw unknownValue('manager_id');
    const names = Object.keys(EMPTY) as (keyof typeof EMPTY)[];
    const given = Object.fromEntries(
      names.flatMap((name) =>
        name in values && values[name] !== undefined
          ? [[name, values[name] ?? EMPTY[name]] as const]
          : [],
      ),
    );
    return {
      ...before,
      ...given,
      fields: writtenFields(this.settings, 'client', before.fields, sentFields),
      created_at: created,
      updated_at: this.now(),
    };
  }
}

const EMPTY: Omit<BuyerRow, 'id'> = {
  full_name: '',
  birthday: null,
  email: [],
  phone: [],
  note: null,
  discount: null,
  company_id: null,
  manager_id: null,
  shipping: [],
  fields: {},
  created_at: 0,
  updated_at: 0,
};

function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '');
}
