import { Injectable } from '@nestjs/common';
import { accept } from 'twenty-mak-domain';
import type { Decision, Instant, LeadForSale } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/** A lead that somebody wants to sell. */
export interface OfferedLead extends LeadForSale {
  readonly id: string;
  /** Head account of the partner who brought it; null for the head office. */
  readonly partnerId: string | null;
}

export interface LeadMove {
  readonly leadIds: readonly string[];
  readonly kind: 'auction' | 'sold' | 'unsold' | 'returned' | 'working';
  readonly lotId?: string | null;
  readonly buyerId?: string | null;
  readonly mover: 'auction' | 'return';
  readonly at: Instant;
  readonly reason?: string;
}

/** What the auction needs of leads; all of it in the transaction of the caller, which sees all of the tenant. */
export abstract class LeadSales {
  /** Locks the leads in the order of their ids. */
  abstract forSale(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
  ): Promise<readonly OfferedLead[]>;
  /** Moves leads by a rule, all or none. */
  abstract move(tx: Transaction, tenantId: string, move: LeadMove): Promise<Decision<unknown>>;
  /** Gives leads that nobody bought to somebody. */
  abstract assign(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
    takerId: string,
  ): Promise<unknown>;
}

/** There is nothing to sell until leads can be sold. */
@Injectable()
export class NoLeads extends LeadSales {
  override forSale(): Promise<readonly OfferedLead[]> {
    return Promise.resolve([]);
  }

  override move(): Promise<Decision<unknown>> {
    return Promise.resolve(accept(null));
  }

  override assign(): Promise<unknown> {
    return Promise.resolve();
  }
}
