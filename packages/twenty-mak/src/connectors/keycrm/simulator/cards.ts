import { z } from 'zod';
import type { SimulatedBuyers } from './buyers.ts';
import { shownFields, writtenFields } from './custom-fields.ts';
import type { FieldValues } from './custom-fields.ts';
import { customFields, instant, numeric, read, text, wholeNumber } from './input.ts';
import { isNamed, isWithin } from './lists.ts';
import type { ListOptions } from './lists.ts';
import { badRequest, Refusal, unknownValue } from './refusals.ts';
import { Rows } from './rows.ts';
import type { PipelineStatus, SimulatedSettings } from './settings.ts';
import { isoStamp, restStamp, stamped } from './stamps.ts';
import type { SimulatedWebhooks } from './webhooks.ts';

const SOURCES = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

interface Contact {
  readonly id: number;
  readonly full_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly client_id: number | null;
}

export interface CardRow {
  readonly id: number;
  readonly title: string;
  readonly contact: Contact;
  readonly source_id: number | null;
  readonly manager_id: number | null;
  readonly status_id: number;
  readonly manager_comment: string | null;
  readonly communicate_at: number | null;
  readonly status_changed_at: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly sources: Readonly<Record<string, unknown>>;
  readonly products: readonly object[];
  readonly fields: FieldValues;
}

const product = z.looseObject({
  sku: text.nullish(),
  name: text.nullish(),
  price: numeric.nullish(),
  quantity: numeric.nullish(),
});
const shared = {
  title: text.nullish(),
  source_id: wholeNumber.nullish(),
  manager_id: wholeNumber.nullish(),
  communicate_at: instant.nullish(),
  products: z.array(product).nullish(),
  custom_fields: customFields,
};
const contactBody = z.looseObject({
  full_name: text.nullish(),
  email: text.nullish(),
  phone: text.nullish(),
  client_id: wholeNumber.nullish(),
});
const cardBody = z.looseObject({
  ...shared,
  contact: contactBody,
  manager_comment: text.nullish(),
  pipeline_id: wholeNumber.nullish(),
});
const cardEdit = z.looseObject({
  ...shared,
  note: text.nullish(),
  status_id: wholeNumber.nullish(),
  client_id: wholeNumber.nullish(),
});

/** Funnels and the cards in them, which KeyCRM also calls leads. */
export class SimulatedCards {
  readonly rows = new Rows<CardRow>(13_898);
  /** Whether the account has funnels at all. */
  areEnabled = true;
  private readonly settings: SimulatedSettings;
  private readonly buyers: SimulatedBuyers;
  private readonly webhooks: SimulatedWebhooks;
  private readonly now: () => number;
  private nextContact = 4_410;

  constructor(
    settings: SimulatedSettings,
    buyers: SimulatedBuyers,
    webhooks: SimulatedWebhooks,
    now: () => number,
  ) {
    this.settings = settings;
    this.buyers = buyers;
    this.webhooks = webhooks;
    this.now = now;
  }

  /** Throws the refusal with status 400 when the account has no funnels. */
  requireFunnels(): void {
    if (!this.areEnabled) throw badRequest('Leads are not enabled');
  }

  /** What is wrong with a new card is told with status 403. */
  create(sent: unknown): object {
    const result = cardBody.safeParse(sent);
    if (!this.areEnabled || !result.success)
      throw new Refusal(403, { message: 'Wrong arguments or leads are not enabled' });
    const { contact, pipeline_id, products, custom_fields, ...values } = result.data;
    const pipeline = pipeline_id ?? this.settings.pipelines.all[0]?.id ?? 0;
    const [status] = this.settings.statusesOf(pipeline);
    if (status === undefined) throw unknownValue('pipeline_id');
    this.refuseUnknown(values);
    const now = this.now();
    const sources = SOURCES.map((name) => [name, result.data[name] ?? null] as const);
    const card = this.rows.add({
      title: values.title ?? contact.full_name ?? '',
      contact: this.contactOf(contact),
      source_id: values.source_id ?? null,
      manager_id: values.manager_id ?? null,
      status_id: status.id,
      manager_comment: values.manager_comment ?? null,
      communicate_at: values.communicate_at ?? null,
      status_changed_at: now,
      created_at: now,
      updated_at: now,
      sources: Object.fromEntries(sources),
      products: products ?? [],
      fields: writtenFields(this.settings, 'lead', {}, custom_fields),
    });
    this.tell(card);
    return this.show(card);
  }

  /** Products are added to those that are there; the answer is not the card. */
  edit(id: unknown, sent: unknown): object {
    this.requireFunnels();
    const before = this.rows.get(id);
    const values = read(cardEdit, sent);
    this.refuseUnknown(values);
    const status =
      this.statusOf(values.status_id) ?? this.settings.pipelineStatuses.get(before.status_id);
    const isMoved = status.id !== before.status_id;
    const now = this.now();
    const { title, note, client_id } = values;
    const after = this.rows.put({
      ...before,
      title: title ?? before.title,
      manager_comment: note === undefined ? before.manager_comment : note,
      source_id: values.source_id === undefined ? before.source_id : values.source_id,
      manager_id: values.manager_id === undefined ? before.manager_id : values.manager_id,
      communicate_at:
        values.communicate_at === undefined ? before.communicate_at : values.communicate_at,
      contact:
        client_id == null
          ? before.contact
          : { ...this.clientOf(client_id, 'client_id'), id: before.contact.id },
      products: [...before.products, ...(values.products ?? [])],
      fields: writtenFields(this.settings, 'lead', before.fields, values.custom_fields),
      status_id: status.id,
      status_changed_at: isMoved ? now : before.status_changed_at,
      updated_at: now,
    });
    if (isMoved) this.tell(after);
    return { status: true };
  }

  show(card: CardRow, includes: ReadonlySet<string> = new Set()): object {
    const { contact, products, fields } = card;
    const client =
      contact.client_id === null ? undefined : this.buyers.rows.find(contact.client_id);
    const parts: Readonly<Record<string, () => unknown>> = {
      contact: () => ({
        ...contact,
        // Sums of clients come as texts.
        ...(includes.has('contact.client')
          ? { client: client && { ...this.buyers.show(client), orders_sum: '0.00' } }
          : {}),
      }),
      products: () => products,
      payments: () => [],
      custom_fields: () => shownFields(this.settings, 'lead', fields),
      status: () => this.settings.pipelineStatuses.get(card.status_id),
      manager: () => (card.manager_id === null ? null : this.settings.users.get(card.manager_id)),
    };
    const has = (name: string): boolean =>
      includes.has(name) || [...includes].some((one) => one.startsWith(`${name}.`));
    const asked = Object.entries(parts).filter(([name]) => has(name));
    return {
      ...stamped(this.flat(card), restStamp),
      ...Object.fromEntries(asked.map(([name, part]) => [name, part()])),
    };
  }

  readonly list: ListOptions<CardRow> = {
    filters: {
      pipeline_id: ({ status_id }, value) =>
        isNamed(this.settings.pipelineStatuses.get(status_id).pipeline_id, value),
      status_id: ({ status_id }, value) => isNamed(status_id, value),
      source_id: ({ source_id }, value) => isNamed(source_id, value),
      created_between: ({ created_at }, value) => isWithin(created_at, value),
      updated_between: ({ updated_at }, value) => isWithin(updated_at, value),
    },
    includes: [
      ...['contact', 'contact.client', 'products', 'products.offer', 'manager', 'status'],
      ...['payments', 'custom_fields'],
    ],
    sorts: ['created_at', 'updated_at'],
    show: (card, includes) => this.show(card, includes),
  };

  private tell(card: CardRow): void {
    this.webhooks.tell('lead.change_lead_status', stamped(this.flat(card), isoStamp));
  }

  private flat(card: CardRow): Record<string, unknown> {
    const { contact, sources, products: _products, fields: _fields, ...row } = card;
    const status = this.settings.pipelineStatuses.get(card.status_id);
    return {
      ...row,
      ...sources,
      contact_id: contact.id,
      pipeline_id: status.pipeline_id,
      is_finished: status.is_final,
      target_id: null,
      target_type: null,
    };
  }

  /** A client that is there goes before all that is said of the person. */
  private contactOf({ client_id, full_name, email, phone }: z.output<typeof contactBody>): Contact {
    this.nextContact += 1;
    const id = this.nextContact;
    if (client_id == null)
      return {
        id,
        full_name: full_name ?? null,
        email: email ?? null,
        phone: phone ?? null,
        client_id: null,
      };
    return { ...this.clientOf(client_id, 'contact.client_id'), id };
  }

  private clientOf(client_id: number, field: string): Omit<Contact, 'id'> {
    const client = this.buyers.rows.find(client_id);
    if (client === undefined) throw unknownValue(field);
    return {
      full_name: client.full_name,
      email: client.email[0] ?? null,
      phone: client.phone[0] ?? null,
      client_id,
    };
  }

  private statusOf(id: number | null | undefined): PipelineStatus | undefined {
    if (id == null) return undefined;
    const status = this.settings.pipelineStatuses.find(id);
    if (status === undefined) throw unknownValue('status_id');
    return status;
  }

  private refuseUnknown(values: {
    readonly source_id?: number | null | undefined;
    readonly manager_id?: number | null | undefined;
  }): void {
    const { source_id, manager_id } = values;
    if (source_id != null && !this.settings.sources.has(source_id)) throw unknownValue('source_id');
    if (manager_id != null && !this.settings.users.has(manager_id))
      throw unknownValue('manager_id');
  }
}
