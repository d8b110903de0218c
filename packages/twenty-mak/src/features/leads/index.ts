/*
 * How leads come in and go out, for other features (import LeadsModule):
 *   LeadWriter.write(tx, context, entries): one outcome an entry; the one way in
 *   LeadSales.forSale, move, assign: what the auction does with leads
 *   LeadReturns.takeBack: what is given back, with the deal that was made of it
 *   LeadClients.workBy(parts): how clients are made of leads, and taken back with them
 *   LeadOffers.endBy(end): how the auction ends what offers people who have said no
 *   LeadContacts.read(tx, principal, ids): who leads are, for eyes; audited
 */
export { findLeadsOfClient } from './client-leads.repository.ts';
export { LeadClients } from './lead-clients.ts';
export type { ClientOfLead, ClientsOfLeads } from './lead-clients.ts';
export { LeadContacts, seesContacts } from './lead-contacts.ts';
export { titleOf } from './lead-entries.ts';
export type { EntryContext, EntryOutcome, LeadEntry } from './lead-entries.ts';
export { contextOf } from './lead-entry.service.ts';
export { LeadOffers } from './lead-offers.ts';
export { LeadReturns } from './lead-returns.ts';
export { LeadSales } from './lead-sales.ts';
export type { SaleableLead, SaleMove } from './lead-sales.ts';
export { LeadComparison } from './lead-comparison.service.ts';
export { LeadWriter } from './lead-writer.ts';
export { findLeadSettings } from './lead-settings.repository.ts';
export type { LeadRules, LeadSettingsRow } from './lead-settings.repository.ts';
export { leadCompare, leadRepair } from './leads.jobs.ts';
export { LeadsModule } from './leads.module.ts';
export {
  LeadBlockEntity,
  LeadCommentEntity,
  LeadConsentEntity,
  LeadContactEntity,
  LeadDuplicateEntity,
  LeadEntity,
  LeadKeyEntity,
  LeadOriginChangeEntity,
  LeadRefEntity,
  LeadSettingsEntity,
  LeadStatusChangeEntity,
} from './leads.entity.ts';
export { leadsRequest, listLeadsQuery } from './leads.dto.ts';
export type { LeadContactAnswer, LeadsRequest } from './leads.dto.ts';
export type { LeadView } from './lead-views.ts';
export { countLeads } from './leads.repository.ts';
export { LeadsService } from './leads.service.ts';
export { readPhone } from './read-phone.ts';
