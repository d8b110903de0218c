import { Inject, Injectable } from '@nestjs/common';
import { decideUse, formatInstant, minorUnits } from 'twenty-mak-domain';
import type { Instant, LeadChoice } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { tableFile } from '../../platform/tables/index.ts';
import type { CellValue, MadeFile } from '../../platform/tables/index.ts';
import { Audit } from '../audit/index.ts';
import { findLeadSettings, leadsRequest, LeadsService } from '../leads/index.ts';
import type { LeadContactAnswer, LeadRules, LeadsRequest, LeadView } from '../leads/index.ts';
import { momentOf } from '../tenants/index.ts';
import type { LeadExportQuery } from './lead-export.dto.ts';

/** Leads of one page; some megabytes at most, however large the export is. */
const PAGE = 1_000;

/** Named as the fields of an import, so that a file that was exported can be sent back. */
const COLUMNS = [
  ...['id', 'created_at', 'status', 'source', 'handling', 'name', 'phone', 'email', 'city'],
  ...['niche', 'legal_form', 'amount', 'currency', 'score', 'responsible', 'partner', 'consent'],
  ...['title', 'attributes', 'contact'],
] as const;

type Row = readonly CellValue[];

/** Leads as a file: those that the principal sees, and who they are only where that may be told. */
@Injectable()
export class LeadExportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadsService) private readonly leads: LeadsService,
  ) {}

  /** Begins an export and notes it in the audit log; who is in it is audited page by page. Refuses as the list of leads does. */
  async begin(principal: Principal, query: LeadExportQuery): Promise<MadeFile> {
    const { format, encoding, separator, ...filter } = query;
    const request = leadsRequest.parse({ ...filter, sort: 'created_at' });
    const { rules, now } = await this.database.within(scopeOf(principal), async (tx) => {
      await Audit.record(tx, principal, 'leads.exported', 'lead', null, {
        format,
        fields: Object.keys(filter),
      });
      const { tenantId } = principal;
      return {
        rules: await findLeadSettings(tx, tenantId),
        now: await momentOf(tx, tenantId),
      };
    });
    const rows = this.rows(principal, { ...request, limit: PAGE }, rules, now);
    return tableFile({ name: 'leads', sheet: 'Leads' }, rows, { format, encoding, separator });
  }

  private async *rows(
    principal: Principal,
    request: LeadsRequest,
    rules: LeadRules,
    now: Instant,
  ): AsyncGenerator<readonly Row[]> {
    let cursor: string | null | undefined = undefined;
    let head: readonly Row[] = [COLUMNS];
    while (cursor !== null) {
      const { items, next }: { items: readonly LeadView[]; next: string | null } =
        await this.leads.list(principal, { ...request, cursor });
      const shared = items.filter((lead) => mayShare(lead, rules, now));
      const contacts = await this.leads.contactsOf(
        principal,
        shared.map(({ id }) => id),
      );
      yield [...head, ...items.map((lead) => rowOf(lead, contacts.get(lead.id), rules))];
      head = [];
      cursor = next;
    }
  }
}

/** An export gives contacts away: that needs consent, or another ground of the tenant. */
function mayShare({ consent, consent_at: at }: LeadView, rules: LeadRules, now: Instant): boolean {
  const answer = consent === null ? null : { answer: consent, at: at ?? 0, evidence: '' };
  return decideUse(answer, 'share', rules.consent, now).ok;
}

function rowOf(lead: LeadView, contact: LeadContactAnswer | undefined, rules: LeadRules): Row {
  const attributes = contact?.attributes ?? {};
  const values: Record<(typeof COLUMNS)[number], CellValue> = {
    id: lead.id,
    created_at: formatInstant(lead.created_at),
    status: titleOf(rules.statuses, lead.status),
    source: titleOf(rules.sources, lead.source),
    handling: titleOf(rules.handlings, lead.handling),
    name: contact?.name ?? null,
    phone: (contact?.phones ?? []).join('; '),
    email: (contact?.emails ?? []).join('; '),
    city: contact?.city ?? titleOf(rules.cities, lead.city),
    niche: contact?.niche ?? titleOf(rules.niches, lead.niche),
    legal_form: contact?.legal_form ?? lead.legal_form,
    amount: amountText(lead),
    currency: lead.currency,
    score: lead.score,
    responsible: lead.responsible_id,
    partner: lead.partner_id,
    consent: lead.consent === null ? null : lead.consent === 'given' ? 'yes' : 'no',
    title: lead.title,
    attributes: Object.keys(attributes).length === 0 ? null : JSON.stringify(attributes),
    contact: contact?.state ?? 'no_consent',
  };
  return COLUMNS.map((column) => values[column]);
}

function titleOf(choices: readonly LeadChoice[], key: string | null): string | null {
  return choices.find((choice) => choice.key === key)?.title ?? key;
}

/** A decimal number with a point, exact: 1234.50. */
function amountText({ amount, currency }: LeadView): string | null {
  if (amount === null || currency === null) return null;
  const decimals = minorUnits(currency);
  if (decimals === 0) return String(amount);
  const digits = String(amount).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
