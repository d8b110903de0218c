import { Inject, Injectable } from '@nestjs/common';
import { CLIENT_LIMITS } from 'twenty-mak-domain';
import type { Lead } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import type { ClientOfLead, ClientsOfLeads as Parts } from '../leads/index.ts';
import { lockPersons } from '../persons/index.ts';
import type { ContactBody } from './clients.dto.ts';
import { markMadeOf, releaseMadeOf } from './clients-of-leads.repository.ts';
import { ClientsService } from './clients.service.ts';

/** Of a contact; a lead may have a longer one. */
const LONGEST_NAME = 200;

/** Clients that are made of leads when these become deals. */
@Injectable()
export class ClientsOfLeads implements Parts {
  constructor(@Inject(ClientsService) private readonly clients: ClientsService) {}

  readonly takeTurn = lockPersons;

  readonly make = async (
    tx: Transaction,
    principal: Principal,
    { kind, name, ownerId, lead }: ClientOfLead,
  ): Promise<string> => {
    const client = { kind, name, owner_id: ownerId, contacts: contactsOf(lead) };
    const { id } = await this.clients.make(tx, principal, client);
    await markMadeOf(tx, principal.tenantId, id, lead.id);
    return id;
  };

  readonly takeBack = async (
    tx: Transaction,
    principal: Principal,
    leadId: string,
    buyerId: string,
  ): Promise<void> => {
    for (const id of await releaseMadeOf(tx, principal.tenantId, leadId, buyerId))
      await Audit.record(tx, principal, 'client.taken_back', 'client', id, { lead: leadId });
  };
}

/** A contact has one number and one address: each further one is a contact of the same name. */
function contactsOf({ fields, phones, emails }: Lead): readonly ContactBody[] {
  const name = fields.name.value?.slice(0, LONGEST_NAME).trim() ?? '';
  const count = Math.max(phones.length, emails.length, name === '' ? 0 : 1);
  return Array.from({ length: Math.min(count, CLIENT_LIMITS.contacts) }, (_, index) => {
    const [phone, email] = [phones[index]?.value, emails[index]?.value];
    return {
      ...(name === '' ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
    };
  });
}
