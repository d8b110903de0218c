import { LeadConsent, LeadContactState, LeadEntryResult, LeadHistoryKind } from './leads.model.ts';
import type {
  CreateLeadInput,
  EditLeadInput,
  EnteredLead as EnteredLeadModel,
  Lead,
  LeadContact,
  LeadHistoryLine,
  LeadNotice,
} from './leads.model.ts';
import type { DuplicateNotice } from 'twenty-mak-domain';
import { withoutNulls } from '../../platform/validation/index.ts';
import type { EnteredLead } from './lead-entry.service.ts';
import type { HistoryLine } from './lead-history.repository.ts';
import type { LeadView } from './lead-views.ts';
import type { LeadContactAnswer } from './leads.dto.ts';

export function leadModel(view: LeadView): Lead {
  return {
    id: view.id,
    status: view.status,
    kind: view.kind,
    statusSince: view.status_since,
    title: view.title,
    city: view.city,
    niche: view.niche,
    legalForm: view.legal_form,
    source: view.source,
    handling: view.handling,
    amount: view.amount,
    currency: view.currency,
    score: view.score,
    responsibleId: view.responsible_id,
    partnerId: view.partner_id,
    buyerId: view.buyer_id,
    lotId: view.lot_id,
    dealId: view.deal_id,
    consent: view.consent === null ? null : LeadConsent[view.consent],
    consentAt: view.consent_at,
    duplicate: view.duplicate,
    changeable: view.changeable,
    version: view.version,
    createdAt: view.created_at,
    updatedAt: view.updated_at,
  };
}

export function leadContactModel({
  state,
  legal_form,
  ...contact
}: LeadContactAnswer): LeadContact {
  return { ...contact, state: LeadContactState[state], legalForm: legal_form };
}

export function leadHistoryModel({
  kind,
  actor_id,
  of_lead,
  ...line
}: HistoryLine): LeadHistoryLine {
  return { ...line, kind: LeadHistoryKind[kind], actorId: actor_id, ofLead: of_lead };
}

export function noticeModel(notice: DuplicateNotice): LeadNotice {
  return {
    exists: notice.exists,
    matches: 'matches' in notice ? notice.matches.map((match) => ({ ...match })) : null,
  };
}

export function enteredModel({ result, notice, lead }: EnteredLead): EnteredLeadModel {
  const { exists, matches } = noticeModel(notice);
  return {
    exists,
    matches,
    result: LeadEntryResult[result],
    lead: lead === null ? null : leadModel(lead),
  };
}

/** What the forms of GraphQL say, in the words of REST; null empties a field, what is left out stays. */
export function restLead({
  legalForm,
  responsibleId,
  partnerId,
  ...input
}: Omit<EditLeadInput, 'version'> & { version?: number }): Record<string, unknown> {
  const ids = { responsible_id: responsibleId, partner_id: partnerId };
  return sent({ ...input, ...ids, legal_form: legalForm });
}

export function restNewLead({
  partnerId,
  externalRef,
  consent,
  ...input
}: CreateLeadInput): Record<string, unknown> {
  const rest = restLead(input);
  const more = { partner_id: partnerId, external_ref: externalRef, comment: input.comment };
  return {
    ...rest,
    ...withoutNulls(more),
    ...withoutNulls({ source: input.source, status: input.status }),
    ...(consent == null ? {} : { consent: withoutNulls(consent) }),
  };
}

function sent(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
