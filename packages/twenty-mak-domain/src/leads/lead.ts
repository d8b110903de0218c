import type { Instant } from '../basics/index.ts';
import type { ExternalRef } from '../deal-gates/index.ts';
import type { Consent } from './consent.ts';
import type { StatusChange } from './moves.ts';

/** A value and when it was last set. */
export interface Stamped<T> {
  readonly value: T;
  readonly at: Instant;
}

export interface LeadAmount {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** What is known of a lead besides numbers and addresses. What nobody has set is null since the lead is there. */
export interface LeadFields {
  readonly name: Stamped<string | null>;
  readonly city: Stamped<string | null>;
  readonly niche: Stamped<string | null>;
  readonly legalForm: Stamped<string | null>;
  readonly handling: Stamped<string | null>;
  readonly amount: Stamped<LeadAmount | null>;
  readonly responsibleId: Stamped<string | null>;
}

/**
 * Who brought the lead first; it decides whom a sale is owed to. It changes when an older lead turns up, and when the head
 * office corrects it before others count on the lead.
 */
export interface LeadOrigin {
  readonly leadId: string;
  readonly at: Instant;
  readonly source: string;
  readonly partnerId: string | null;
}

/** A lead as the rules see it. */
export interface Lead {
  readonly id: string;
  readonly createdAt: Instant;
  readonly origin: LeadOrigin;
  readonly fields: LeadFields;
  /** The one that was set last comes first. */
  readonly phones: readonly Stamped<string>[];
  readonly emails: readonly Stamped<string>[];
  readonly externalRefs: readonly ExternalRef[];
  readonly consent: Consent | null;
  /** Where the lead itself is; the history of those that were merged into it stays beside it. */
  readonly last: StatusChange;
  readonly history: readonly StatusChange[];
  /** Head account of the company that has bought it or was given it. */
  readonly buyerId: string | null;
  /** Ids of the leads that were merged into this one. */
  readonly absorbed: readonly string[];
}
