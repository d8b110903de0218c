import { Inject, Injectable } from '@nestjs/common';
import { duplicateKeys, nameWords } from 'twenty-mak-domain';
import type { Json, Lead, ListReader } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Transaction } from '../../platform/database/index.ts';
import { ContactVault, sealedKeyOf } from '../persons/index.ts';
import type { NewPerson } from '../persons/index.ts';
import {
  findConsents,
  findContacts,
  findHistory,
  findRefs,
  saveContacts,
  saveKeys,
} from './lead-contacts.repository.ts';
import type { LeadContactRow, LeadKeyRow } from './lead-contacts.repository.ts';
import { boxOf, contactOf, recordOf, rowOf } from './lead-records.ts';
import type { ContactBox, LeadRecord } from './lead-records.ts';
import { findLeads, insertLeads, updateLeads } from './leads.repository.ts';
import type { ListedLead } from './leads.repository.ts';

const boxSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  city: z.string().nullable(),
  niche: z.string().nullable(),
  legal_form: z.string().nullable(),
  at: z.object({ phones: z.array(z.number()), emails: z.array(z.number()) }),
});

/** Loads and saves whole leads, contacts sealed, many at a time. */
@Injectable()
export class LeadStore {
  /** A lead is looked for, decided on and saved by its keys; they are made once. */
  private readonly keys = new WeakMap<Lead, readonly LeadKeyRow[]>();
  /** New leads as they are going to be kept. */
  private readonly people = new WeakMap<Lead, NewPerson>();

  constructor(@Inject(ContactVault) private readonly vault: ContactVault) {}

  /** Leads with all that the rules need, locked, in the order of their ids. For rules, not for eyes: no look is audited. */
  async load(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
  ): Promise<readonly LeadRecord[]> {
    const rows = await findLeads(tx, tenantId, ids, true);
    if (rows.length === 0) return [];
    return this.complete(tx, tenantId, rows);
  }

  /** Makes keys and contact of a new lead ready, which needs no turn and takes longer than all the rest of it. */
  prepare(tenantId: string, lead: Lead): void {
    this.keysOf(tenantId, lead);
    this.newPersonOf(tenantId, lead);
  }

  /** Inserts new leads with contacts and keys. The statements are not waited for. */
  async insert(
    tx: Transaction,
    tenantId: string,
    records: readonly LeadRecord[],
    lists: ListReader,
    present: number,
  ): Promise<void> {
    if (records.length === 0) return;
    insertLeads(
      tx,
      tenantId,
      records.map((record) => rowOf(record, lists, present)),
    );
    // What was sent leaves in the pause: PostgreSQL works on it while the rest is put into words.
    await Promise.resolve();
    const people = records.map(({ lead }) => this.newPersonOf(tenantId, lead));
    this.vault.saveNew(tx, tenantId, people);
    const contacts = records.map(({ lead, attributes }, index) => {
      const { contact = null, id: key_id = '' } = people[index] ?? {};
      return { lead_id: lead.id, contact: { contact }, key_id, attributes };
    });
    saveContacts(tx, tenantId, contacts, true);
    await Promise.resolve();
    this.saveKeys(tx, tenantId, records, true);
  }

  /** Saves leads that are there; with `contacts` also who they are. */
  async update(
    tx: Transaction,
    tenantId: string,
    records: readonly LeadRecord[],
    lists: ListReader,
    present: number,
    contacts: boolean,
  ): Promise<void> {
    if (records.length === 0) return;
    await updateLeads(
      tx,
      tenantId,
      records.map((record) => rowOf(record, lists, present)),
    );
    if (!contacts) return;
    await this.saveContacts(tx, tenantId, records);
    // A name that changed is compared anew.
    await tx.execute(
      'UPDATE lead SET compare_at = $3 WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
      [tenantId, records.map(({ lead }) => lead.id), new Date(present)],
    );
  }

  /** What is in the sealed contacts; null for those that nobody can read any more. */
  async open(
    tx: Transaction,
    tenantId: string,
    rows: readonly LeadContactRow[],
  ): Promise<readonly (ContactBox | null)[]> {
    const opened = await this.vault.openForSystem(
      tx,
      tenantId,
      rows.map(({ contact }) => contact),
    );
    return opened.map(({ contact = null }) => readBox(contact));
  }

  /** Digests by which leads of this number, address or whole name are found. */
  keysOf(tenantId: string, lead: Lead): readonly LeadKeyRow[] {
    const known = this.keys.get(lead);
    if (known !== undefined) return known;
    const { phones, emails, name } = contactOf(lead);
    const rows = this.digestsOf(tenantId, { phones, emails, name }).map((key) => ({
      ...key,
      lead_id: lead.id,
    }));
    this.keys.set(lead, rows);
    return rows;
  }

  digestsOf(
    tenantId: string,
    contact: {
      readonly phones: readonly string[];
      readonly emails: readonly string[];
      readonly name: string | null;
    },
  ): readonly Omit<LeadKeyRow, 'lead_id'>[] {
    const { certain } = duplicateKeys({ ...contact, name: null, city: null });
    const words = contact.name === null ? [] : nameWords(contact.name);
    const keys = [...new Set(certain)].map((text) => ({
      way: text.startsWith('phone:') ? ('phone' as const) : ('email' as const),
      digest: this.vault.digest(tenantId, text),
    }));
    if (words.length === 0) return keys;
    const digest = this.vault.digest(tenantId, `name:${words.join(' ')}`);
    return [...keys, { way: 'name', digest }];
  }

  private async complete(
    tx: Transaction,
    tenantId: string,
    rows: readonly ListedLead[],
  ): Promise<readonly LeadRecord[]> {
    const ids = rows.map(({ id }) => id);
    const contacts = await findContacts(tx, tenantId, ids);
    const opened = await this.open(tx, tenantId, contacts);
    const boxes = new Map(contacts.map(({ lead_id }, index) => [lead_id, opened[index] ?? null]));
    const attributes = new Map(contacts.map((row) => [row.lead_id, row.attributes]));
    const refs = Map.groupBy(await findRefs(tx, tenantId, ids), ({ lead_id }) => lead_id);
    const history = Map.groupBy(await findHistory(tx, tenantId, ids), ({ holder }) => holder);
    const consents = new Map(
      (await findConsents(tx, tenantId, ids)).map(({ lead_id, ...consent }) => [lead_id, consent]),
    );
    return rows.map((row) =>
      recordOf({
        row,
        box: boxes.get(row.id) ?? null,
        attributes: attributes.get(row.id) ?? {},
        refs: (refs.get(row.id) ?? []).map(({ system, id }) => ({ system, id })),
        consent: consents.get(row.id) ?? null,
        history: (history.get(row.id) ?? []).map(({ holder: _holder, ...change }) => change),
      }),
    );
  }

  private async saveContacts(
    tx: Transaction,
    tenantId: string,
    records: readonly LeadRecord[],
  ): Promise<void> {
    const sealed = await this.vault.seal(
      tx,
      tenantId,
      records.map(({ lead }) => ({ contact: { ...boxOf(lead) } })),
    );
    const rows = records.map(({ lead, attributes }, index) => {
      const contact = sealed[index] ?? {};
      return { lead_id: lead.id, contact, key_id: sealedKeyOf(contact), attributes };
    });
    saveContacts(tx, tenantId, rows, false);
    this.saveKeys(tx, tenantId, records, false);
  }

  private saveKeys(
    tx: Transaction,
    tenantId: string,
    records: readonly LeadRecord[],
    areNew: boolean,
  ): void {
    const keys = records.flatMap(({ lead }) => this.keysOf(tenantId, lead));
    const ids = records.map(({ lead }) => lead.id);
    saveKeys(tx, tenantId, ids, keys, areNew);
  }

  private newPersonOf(tenantId: string, lead: Lead): NewPerson {
    const known = this.people.get(lead);
    if (known !== undefined) return known;
    const person = this.vault.sealNew(tenantId, { ...boxOf(lead) });
    this.people.set(lead, person);
    return person;
  }
}

/** Null for a contact that was erased or hidden. */
export function readBox(contact: Json): ContactBox | null {
  const read = boxSchema.safeParse(contact);
  return read.success ? read.data : null;
}
