import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { ContactVault } from '../persons/index.ts';
import { findContacts } from './lead-contacts.repository.ts';
import { readBox } from './lead-store.ts';
import type { LeadContactAnswer } from './leads.dto.ts';

/** Whether a principal may know who its leads are: a company knows its own, the head office who has the permission. */
export function seesContacts({ restrictedTo, scopes }: Principal): boolean {
  return restrictedTo !== undefined || scopes.has('persons:read');
}

/** Who leads are, for eyes: row-level security says of which leads, and every look is audited. */
@Injectable()
export class LeadContacts {
  constructor(@Inject(ContactVault) private readonly vault: ContactVault) {}

  /** By lead. The transaction must be one of the principal's scope. */
  async read(
    tx: Transaction,
    principal: Principal,
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, LeadContactAnswer>> {
    if (leadIds.length === 0) return new Map();
    if (!seesContacts(principal)) return new Map(leadIds.map((id) => [id, answerOf('hidden')]));
    const rows = await findContacts(tx, principal.tenantId, leadIds);
    const opened = await this.vault.readOwn(
      tx,
      principal,
      rows.map(({ contact }) => contact),
      rows.length === 1
        ? { entity: 'lead', id: rows[0]?.lead_id ?? null }
        : { entity: 'lead', id: null, ids: rows.map(({ lead_id }) => lead_id) },
    );
    return new Map(
      rows.map(({ lead_id, attributes }, index) => [
        lead_id,
        contactAnswer(opened[index]?.['contact'] ?? null, attributes),
      ]),
    );
  }
}

/** What somebody is told of a contact that cannot be shown. */
export function answerOf(state: 'hidden' | 'erased'): LeadContactAnswer {
  const nothing = { name: null, city: null, niche: null, legal_form: null, attributes: {} };
  return { state, phones: [], emails: [], ...nothing };
}

function contactAnswer(
  opened: Json,
  attributes: Readonly<Record<string, string>>,
): LeadContactAnswer {
  const box = readBox(opened);
  if (box === null) return answerOf('erased');
  const { name, phones, emails, city, niche, legal_form } = box;
  return {
    state: 'open',
    name,
    phones: [...phones],
    emails: [...emails],
    city,
    niche,
    legal_form,
    attributes: { ...attributes },
  };
}
