import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { accountsNamed } from './lead-accounts.repository.ts';
import { findContacts } from './lead-contacts.repository.ts';
import type { ContactBox } from './lead-records.ts';
import { emailsOf, knownLeads } from './lead-records.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import { LeadStore } from './lead-store.ts';
import { findLeads } from './leads.repository.ts';
import type { ListedLead } from './leads.repository.ts';

/** A lead with who it is, and the tenant's words for it. */
export interface OfficeLead {
  readonly row: ListedLead;
  readonly box: ContactBox;
  /** E-mail address of who is responsible. */
  readonly owner: string | null;
  readonly rules: LeadRules;
}

/** Reads leads with who they are, for a system and not for eyes. */
@Injectable()
export class OfficeLeadReader {
  constructor(@Inject(LeadStore) private readonly store: LeadStore) {}

  /** Leads that are there and whose people are not erased. */
  async read(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
  ): Promise<readonly OfficeLead[]> {
    const rows = await findLeads(tx, tenantId, ids.filter(isUuid));
    if (rows.length === 0) return [];
    const leadIds = rows.map(({ id }) => id);
    const contacts = await findContacts(tx, tenantId, leadIds);
    const opened = await this.store.open(tx, tenantId, contacts);
    const boxes = new Map(contacts.map(({ lead_id }, index) => [lead_id, opened[index] ?? null]));
    const owners = await emailsOf(
      tx,
      tenantId,
      rows.flatMap(({ responsible_id: id }) => id ?? []),
    );
    const rules = await findLeadSettings(tx, tenantId);
    return rows.flatMap((row) => {
      const box = boxes.get(row.id) ?? null;
      const owner = owners.get(row.responsible_id ?? '') ?? null;
      return box === null ? [] : [{ row, box, owner, rules }];
    });
  }

  /** Why leads that others still know are not read. */
  async stateOf(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, 'merged' | 'erased'>> {
    const known = ids.filter(isUuid);
    const there = new Set((await findLeads(tx, tenantId, known)).map(({ id }) => id));
    const all = await knownLeads(tx, tenantId, known);
    return new Map(all.map((id) => [id, there.has(id) ? 'erased' : 'merged'] as const));
  }

  /** The account of the head office with this address; undefined when none was named, null for nobody. */
  async responsibleNamed(
    tx: Transaction,
    tenantId: string,
    owner: Json | undefined,
  ): Promise<Responsible> {
    if (typeof owner !== 'string') return owner === null ? { id: null } : {};
    const { responsible } = await accountsNamed(tx, tenantId, [
      { responsible: owner, partner: null },
    ]);
    const id = responsible.get(owner.toLowerCase());
    return id === undefined ? { unknown: true } : { id };
  }
}

/** Nothing is said of who is responsible, or who it is, or that nobody has this address. */
export interface Responsible {
  readonly id?: string | null;
  readonly unknown?: true;
}
