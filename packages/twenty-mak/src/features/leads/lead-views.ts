import { isHeld } from 'twenty-mak-domain';
import type { DuplicateMatch, DuplicateNotice } from 'twenty-mak-domain';
import type { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import type { EnteredLead } from './lead-entry.service.ts';
import type { HistoryLine } from './lead-history.repository.ts';
import { timeOf } from './leads.dto.ts';
import type {
  EnteredLeadAnswer,
  LeadAnswer,
  LeadDetailAnswer,
  LeadHistoryAnswer,
  matchSchema,
} from './leads.dto.ts';
import type { ListedLead } from './leads.repository.ts';
import type { LeadDetail } from './leads.service.ts';

/** A lead as a principal may see it, without who it is. */
export interface LeadView extends ListedLead {
  /** It is the principal's to change; whether the role may change leads is another question. */
  readonly changeable: boolean;
}

/**
 * Seller and buyer do not learn of each other: a company sees of partner and buyer only itself. Which leads match is for the
 * head office.
 */
export function leadView(row: ListedLead, principal: Principal): LeadView {
  const { restrictedTo } = principal;
  const changeable = mayChange(principal, row);
  if (restrictedTo === undefined) return { ...row, changeable };
  const own = (id: string | null): string | null => (id === restrictedTo ? id : null);
  const isBuyer = row.buyer_id === restrictedTo;
  return {
    ...row,
    partner_id: own(row.partner_id),
    buyer_id: own(row.buyer_id),
    deal_id: row.buyer_id === null || isBuyer ? row.deal_id : null,
    duplicate: false,
    changeable,
  };
}

/**
 * A company changes what it has bought or was given, and what it brought until somebody else counts on it. It needs the row,
 * for the view does not tell a seller that there is a buyer.
 */
export function mayChange(
  { restrictedTo }: Principal,
  { partner_id, buyer_id, kind }: Pick<ListedLead, 'partner_id' | 'buyer_id' | 'kind'>,
): boolean {
  if (restrictedTo === undefined || buyer_id === restrictedTo) return true;
  return partner_id === restrictedTo && !isHeld({ kind, buyerId: buyer_id });
}

/** The same as REST shows it. */
export function leadAnswer(view: LeadView): LeadAnswer {
  const {
    status_number: _number,
    unlisted: _unlisted,
    origin: _origin,
    stamps: _stamps,
    ...row
  } = view;
  return {
    ...row,
    status_since: timeOf(row.status_since),
    consent_at: timeOf(row.consent_at),
    created_at: timeOf(row.created_at),
    updated_at: timeOf(row.updated_at),
  };
}

export function detailAnswer({
  view,
  contact,
  refs,
  absorbed,
  possible,
}: LeadDetail): LeadDetailAnswer {
  return {
    ...leadAnswer(view),
    contact,
    external_refs: [...refs],
    absorbed: [...absorbed],
    possible_statuses: [...possible],
  };
}

export function enteredAnswer({ result, notice, lead }: EnteredLead): EnteredLeadAnswer {
  return {
    result,
    ...noticeAnswer(notice),
    lead: lead === null ? null : leadAnswer(lead),
  };
}

export function noticeAnswer(notice: DuplicateNotice): {
  exists: boolean;
  matches?: z.output<typeof matchSchema>[];
} {
  const { exists } = notice;
  return 'matches' in notice ? { exists, matches: notice.matches.map(matchAnswer) } : { exists };
}

export function matchAnswer({ leadId, by, score }: DuplicateMatch): z.output<typeof matchSchema> {
  return { lead_id: leadId, by, score };
}

export function historyAnswer({ at, ...line }: HistoryLine): LeadHistoryAnswer {
  return { ...line, at: timeOf(at) };
}
