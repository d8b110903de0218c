import { Inject, Injectable } from '@nestjs/common';
import {
  checkLeadFilter,
  filterFields,
  lastChange,
  possibleStatuses,
  refuse,
} from 'twenty-mak-domain';
import type { Decision, ExternalRef, RecordFilter } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, notFound } from '../../platform/errors/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { ContactVault } from '../persons/index.ts';
import { findSegment } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';
import { presentOf } from '../tenants/index.ts';
import { findLeadsOfClient } from './client-leads.repository.ts';
import { findHistory, findRefs } from './lead-contacts.repository.ts';
import { LeadContacts, seesContacts } from './lead-contacts.ts';
import { findLeadHistory } from './lead-history.repository.ts';
import type { HistoryLine } from './lead-history.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { leadView } from './lead-views.ts';
import type { LeadView } from './lead-views.ts';
import { conditionOf, digestOf } from './leads.filter.ts';
import type { FilterContext } from './leads.filter.ts';
import type { LeadContactAnswer, LeadsRequest } from './leads.dto.ts';
import {
  countLeads,
  countLeadsWhere,
  findLeads,
  listLeads,
  survivorOf,
} from './leads.repository.ts';
import type { LeadSort } from './leads.repository.ts';

/** What hangs on a lead. */
export interface LeadFacts {
  readonly refs: readonly ExternalRef[];
  /** Leads that were merged into it. */
  readonly absorbed: readonly string[];
  /** Statuses that it may be moved to by hand. */
  readonly possible: readonly string[];
}

export interface LeadDetail extends LeadFacts {
  readonly view: LeadView;
  readonly contact: LeadContactAnswer;
}

/** Lists of leads and the card of one. */
@Injectable()
export class LeadsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadContacts) private readonly contacts: LeadContacts,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  /** One page. Refuses with `invalid_cursor`, `not_found` for the segment, and as `checkLeadFilter` does. */
  async list(principal: Principal, request: LeadsRequest): Promise<Page<LeadView>> {
    const { tenantId } = principal;
    const { limit, cursor, sort: named } = request;
    refuseHidden(principal, request);
    const sort = readSort(named);
    const key = sort.field === 'amount' || sort.field === 'score' ? z.int() : instantKey;
    const after =
      cursor === undefined ? null : readCursor(z.tuple([z.literal(named), key, z.uuid()]), cursor);
    const filter =
      request.filter === undefined ? null : accepted(checkFilter(principal, request.filter));
    return this.database.within(scopeOf(principal), async (tx) => {
      const where = await this.conditions(tx, principal, request, filter);
      const position = after === null ? null : { value: after[1], id: after[2] };
      const rows = await listLeads(tx, tenantId, where, sort, position, limit + 1);
      const page = pageOf(rows, limit, (row) => [named, row[sort.field] ?? -1, row.id]);
      return { items: page.items.map((row) => leadView(row, principal)), next: page.next };
    });
  }

  /** How many leads belong to a segment, counted up to `most`. Refuses as `checkLeadFilter` does. */
  async countOf(
    tx: Transaction,
    principal: Principal,
    filter: RecordFilter,
    most: number,
  ): Promise<number> {
    // Its fields may have become forbidden to the one who looks.
    const checked = accepted(checkFilter(principal, filter));
    const { tenantId } = principal;
    const context = await this.contextOf(tx, tenantId);
    return countLeadsWhere(tx, tenantId, [conditionOf(checked, context)], most);
  }

  /** How many leads there are by status. */
  async counts(principal: Principal): Promise<Awaited<ReturnType<typeof countLeads>>> {
    return this.database.within(scopeOf(principal), (tx) => countLeads(tx, principal.tenantId));
  }

  /** The lead, or the one that it was merged into. Throws `not_found`. */
  async one(principal: Principal, id: string): Promise<LeadView> {
    return this.database.within(scopeOf(principal), (tx) => this.load(tx, principal, id));
  }

  /** Several that are there, in no order. */
  async many(principal: Principal, ids: readonly string[]): Promise<readonly LeadView[]> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      findLeads(tx, principal.tenantId, ids),
    );
    return rows.map((row) => leadView(row, principal));
  }

  async load(tx: Transaction, principal: Principal, id: string): Promise<LeadView> {
    const { tenantId } = principal;
    const [row] = await findLeads(tx, tenantId, [await survivorOf(tx, tenantId, id)]);
    if (row === undefined) throw notFound('lead');
    return leadView(row, principal);
  }

  /** The card: with who it is, which is audited. */
  async detail(principal: Principal, id: string): Promise<LeadDetail> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const view = await this.load(tx, principal, id);
      const contact = (await this.contacts.read(tx, principal, [view.id])).get(view.id);
      if (contact === undefined) throw notFound('lead');
      return { view, contact, ...(await factsOf(tx, tenantId, view)) };
    });
  }

  /** The card without who it is. */
  async facts(principal: Principal, id: string): Promise<LeadFacts> {
    return this.database.within(scopeOf(principal), async (tx) =>
      factsOf(tx, principal.tenantId, await this.load(tx, principal, id)),
    );
  }

  /** Who leads are, by lead; one entry of the audit log tells of all. */
  async contactsOf(
    principal: Principal,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, LeadContactAnswer>> {
    return this.database.within(scopeOf(principal), (tx) => this.contacts.read(tx, principal, ids));
  }

  /** Changes of status, comments and answers about consent. Comments are for who sees contacts. */
  async history(principal: Principal, id: string): Promise<readonly HistoryLine[]> {
    return this.database.within(scopeOf(principal), async (tx) => {
      const { id: leadId } = await this.load(tx, principal, id);
      const lines = await findLeadHistory(tx, principal.tenantId, leadId);
      const open = seesContacts(principal);
      const outside = principal.restrictedTo !== undefined;
      return lines
        .filter(({ kind }) => open || kind !== 'comment')
        .map((line) => ({
          ...line,
          actor_id: outside && line.actor_id !== principal.id ? null : line.actor_id,
        }));
    });
  }

  private async conditions(
    tx: Transaction,
    principal: Principal,
    request: LeadsRequest,
    filter: RecordFilter | null,
  ): Promise<MakeCondition[]> {
    const { tenantId } = principal;
    const context = await this.contextOf(tx, tenantId);
    const where = plainConditions(request);
    if (filter !== null) where.push(conditionOf(filter, context));
    if (request.segment !== undefined) {
      const segment = await findSegment(tx, principal, 'lead', request.segment);
      if (segment === undefined) throw notFound('segment');
      // Its fields may have become forbidden to the one who looks.
      const checked = accepted(checkFilter(principal, segment.filter));
      where.push(conditionOf(checked, context));
    }
    if (request.client !== undefined) {
      const ids = await findLeadsOfClient(tx, principal, request.client);
      where.push((next) => ({ sql: `l.id = ANY ($${next}::uuid[])`, values: [ids] }));
    }
    if (request.text !== undefined) {
      if (!seesContacts(principal)) accepted(refuse(...NOT_ALLOWED, 'text'));
      const text = request.text;
      const digests = ['phone', 'email', 'name'].flatMap(
        (field) => digestOf(field, text, context) ?? [],
      );
      where.push((next) => ({
        sql: `EXISTS (SELECT FROM lead_key h WHERE h.lead_id = l.id AND h.digest = ANY ($${next}::uuid[]))`,
        values: [digests],
      }));
    }
    return where;
  }

  private async contextOf(tx: Transaction, tenantId: string): Promise<FilterContext> {
    const { country } = await findLeadSettings(tx, tenantId);
    const present = await presentOf(tx, tenantId);
    return { present, country, digest: (text) => this.vault.digest(tenantId, text) };
  }
}

async function factsOf(tx: Transaction, tenantId: string, view: LeadView): Promise<LeadFacts> {
  const refs = await findRefs(tx, tenantId, [view.id]);
  const history = await findHistory(tx, tenantId, [view.id]);
  const last = lastChange(history, view.id);
  const others = history.map(({ leadId }) => leadId).filter((other) => other !== view.id);
  const settings = await findLeadSettings(tx, tenantId);
  const statuses = last === undefined ? [] : possibleStatuses(settings, last, 'person');
  return {
    refs: refs.map(({ system, id }) => ({ system, id })),
    absorbed: [...new Set(others)],
    possible: view.changeable ? statuses.map(({ key }) => key) : [],
  };
}

/** Checks a filter for what the principal may ask: a filter tells what it asks for, also where views do not show it. */
export function checkFilter(principal: Principal, raw: unknown): Decision<RecordFilter> {
  const seen = seesContacts(principal);
  const checked = checkLeadFilter(raw, seen);
  if (!checked.ok) return checked;
  const fields = [...filterFields(checked.value)];
  const attribute = seen ? undefined : fields.find((name) => name.startsWith('attributes.'));
  if (attribute !== undefined) return refuse(...NOT_ALLOWED, attribute);
  const hidden =
    principal.restrictedTo === undefined
      ? undefined
      : fields.find((name) => OF_THE_OFFICE.includes(name));
  return hidden === undefined ? checked : refuse(...NOT_SEEN, hidden);
}

/** A company sees neither who else sells or buys its leads, nor that others have the same lead. */
function refuseHidden(
  { restrictedTo }: Principal,
  { partner, buyer, duplicate }: LeadsRequest,
): void {
  if (restrictedTo === undefined) return;
  const isHidden = (id: string | undefined): boolean => id !== undefined && id !== restrictedTo;
  const hidden = {
    partner: isHidden(partner),
    buyer: isHidden(buyer),
    duplicate: duplicate != null,
  };
  for (const [name, asked] of Object.entries(hidden))
    if (asked) accepted(refuse(...NOT_SEEN, name));
}

const OF_THE_OFFICE: readonly string[] = ['duplicate', 'partner_id'];
const NOT_SEEN = [
  'field_not_allowed',
  'Only the office sees this of leads, and filters by it.',
] as const;

const NOT_ALLOWED = [
  'field_not_allowed',
  'Who may not see contacts may not filter by them.',
] as const;

function plainConditions(request: LeadsRequest): MakeCondition[] {
  const plain: [column: string, type: string, value: unknown][] = [
    ['status', 'text', request.status],
    ['source', 'text', request.source],
    ['handling', 'text', request.handling],
    ['responsible_id', 'uuid', request.responsible],
    ['partner_id', 'uuid', request.partner],
    ['buyer_id', 'uuid', request.buyer],
    ['duplicate', 'boolean', request.duplicate],
  ];
  return plain
    .filter(([, , value]) => value !== undefined)
    .map(([column, type, value]) => (next: number) => ({
      sql: `l.${column} = $${next}::${type}`,
      values: [value],
    }));
}

function readSort(named: LeadsRequest['sort']): LeadSort {
  const descending = named.startsWith('-');
  return {
    field: (descending ? named.slice(1) : named) as LeadSort['field'],
    descending,
  };
}
