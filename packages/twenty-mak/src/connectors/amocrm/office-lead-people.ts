import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { RemoteChange } from '../sync/index.ts';
import type { BatchSize } from './batch-size.ts';
import type { AmocrmClient } from './client.ts';
import { mainContactOf } from './lead-values.ts';
import type { Lead } from './lead-values.ts';
import { link } from './links.ts';
import type { Link } from './links.ts';
import {
  fieldOfPerson,
  isSameWay,
  PERSON_FIELDS,
  rowOfPerson,
  saysWho,
  soughtBy,
  waysIn,
} from './office-lead-values.ts';
import { readPage, rowsNamed } from './pages.ts';
import { CONTACTS, entriesOf, partySchema } from './party-values.ts';
import type { Party } from './party-values.ts';
import { RowWriter } from './row-writer.ts';
import type { Outcome, Sent, Step } from './row-writer.ts';

/** A lead that is about to be written, and who it was. */
export interface OfficeLeadStep extends Step {
  readonly before: Lead | null;
  readonly person: Party | null;
}

const wayListSchema = z.array(z.string());
/** A contact with the leads that name it. */
const namedSchema = z.object({
  ...partySchema.pick({ id: true, is_deleted: true, custom_fields_values: true }).shape,
  _embedded: z
    .object({ leads: z.array(z.object({ id: z.int() })).default([]) })
    .default({ leads: [] }),
});
export type NamedContact = z.output<typeof namedSchema>;

/** Numbers and addresses of a lead by which it is looked for, of each as many. */
const SOUGHT = 3;

/** Main contacts of leads. A contact may be that of several leads, and of deals: there it is one person. */
export class OfficeLeadPeople {
  private readonly writer: RowWriter<Step>;

  constructor(
    private readonly client: AmocrmClient,
    batch: BatchSize,
  ) {
    this.writer = new RowWriter(client, batch, {
      path: 'contacts',
      fieldOf: fieldOfPerson,
      isPersonal: true,
      read: async (ids) => {
        const contacts = await this.contacts(ids);
        return new Map(
          contacts.map(({ id }) => [
            String(id),
            { remoteId: String(id), localId: null, values: {}, version: '' },
          ]),
        );
      },
      own: { userId: 0, stored: (values) => values },
    });
  }

  /** Main contacts of these leads, by the ids of the leads. */
  async of(leads: readonly Lead[]): Promise<(lead: Lead) => Party | null> {
    const ids = new Set(leads.flatMap((lead) => mainContactOf(lead) ?? []));
    const contacts = await this.contacts([...ids].map(String));
    const byId = new Map(contacts.map((contact) => [contact.id, contact]));
    return (lead) => byId.get(mainContactOf(lead) ?? 0) ?? null;
  }

  /** Says who leads are that are there; gives why not, by their steps. One without a contact gets one. */
  async say(
    sent: readonly Sent<OfficeLeadStep>[],
  ): Promise<ReadonlyMap<OfficeLeadStep, WriteRefusal>> {
    const refusals = new Map<OfficeLeadStep, WriteRefusal>();
    const links: Link<OfficeLeadStep>[] = [];
    const linked = (step: OfficeLeadStep, leadId: number, contactId: number): void => {
      links.push({ step, field: 'person', id: leadId, to: { type: 'contacts', id: contactId } });
    };
    for (const { step, id } of sent) {
      const { change, person } = step;
      const { values } = change;
      const isSaid = PERSON_FIELDS.some((field) => field in values);
      if (step.id === null || !isSaid || (person === null && !saysWho(values))) continue;
      // Whose answer was lost is there, but not yet the lead's.
      const known = person === null ? await this.known(values) : person;
      const outcomes = new Map<RemoteChange, Outcome>();
      const row = rowOfPerson(values, known, known === person);
      if (person === null && known !== null && Object.keys(row).length === 0) {
        linked(step, id, known.id);
        continue;
      }
      await this.writer.write([{ change, row, id: known?.id ?? null }], outcomes);
      const outcome = outcomes.get(change);
      if (outcome?.kind === 'refused')
        refusals.set(step, { ...outcome.refusal, field: outcome.refusal.field ?? 'person' });
      else if (person === null && outcome?.kind === 'written') linked(step, id, Number(outcome.id));
      else if (person === null && known !== null) linked(step, id, known.id);
    }
    const unlinked = await link(this.client, 'leads', links);
    return new Map([...refusals, ...unlinked]);
  }

  /** Who has one of the numbers or addresses of a lead, with the leads there that name them. */
  async reachedBy(values: RemoteChange['values']): Promise<readonly NamedContact[]> {
    const found = new Map<number, NamedContact>();
    for (const way of ['email', 'phone'] as const)
      for (const one of waysIn(values, way).slice(0, SOUGHT)) {
        const query = [['query', soughtBy(way, one)] as const, ['with', 'leads'] as const];
        const { rows } = await readPage(this.client, { path: 'contacts', query }, namedSchema, 1);
        for (const contact of rows)
          if (
            !contact.is_deleted &&
            entriesOf(way, contact.custom_fields_values).some(({ value }) =>
              isSameWay(way, value, one),
            )
          )
            found.set(contact.id, contact);
      }
    return [...found.values()];
  }

  /** Somebody there with this address, or this number and name. */
  private async known(values: RemoteChange['values']): Promise<Party | null> {
    const first = (field: 'phones' | 'emails') => {
      const [text = null] = wayListSchema.safeParse(values[field]).data ?? [];
      return text;
    };
    const sought = {
      name: values['person'] ?? null,
      email: first('emails'),
      phone: first('phones'),
    };
    for (const text of CONTACTS.sought(sought)) {
      const list = { path: 'contacts', query: [['query', text]] as const };
      const { rows } = await readPage(this.client, list, partySchema, 1);
      const same = rows.find((party) => !party.is_deleted && CONTACTS.isSame(sought, party));
      if (same !== undefined) return same;
    }
    return null;
  }

  private async contacts(ids: readonly string[]): Promise<readonly Party[]> {
    const list = { path: 'contacts' };
    const rows = await rowsNamed(this.client, list, 'filter[id][]', ids, partySchema);
    return rows.filter(({ is_deleted }) => !is_deleted);
  }
}
