import { Injectable } from '@nestjs/common';
import type { Lead } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** A client that is to be made of a lead. */
export interface ClientOfLead {
  readonly kind: 'company' | 'person';
  readonly name: string;
  readonly ownerId: string | null;
  readonly lead: Lead;
}

/** What the feature of clients does for leads; leads come first, and know no clients. */
export interface ClientsOfLeads {
  /** Waits for the turn in which contacts are written, before anything else is locked. */
  readonly takeTurn: (tx: Transaction, tenantId: string) => Promise<void>;
  /** Makes the client with the contact of the lead, and gives its id. */
  readonly make: (tx: Transaction, principal: Principal, client: ClientOfLead) => Promise<string>;
  /** Takes from the buyer what it has made of the lead. */
  readonly takeBack: (
    tx: Transaction,
    principal: Principal,
    leadId: string,
    buyerId: string,
  ) => Promise<void>;
}

/** Lets clients take part in what becomes of leads, in the transaction of it. */
@Injectable()
export class LeadClients {
  private parts: ClientsOfLeads | null = null;

  workBy(parts: ClientsOfLeads): void {
    this.parts = parts;
  }

  get work(): ClientsOfLeads {
    if (this.parts === null) throw new Error('leads were used without clients');
    return this.parts;
  }
}
