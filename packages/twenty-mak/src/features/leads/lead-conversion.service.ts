import { Inject, Injectable } from '@nestjs/common';
import { convertLead, formatInstant, listReader } from 'twenty-mak-domain';
import type { Conversion, Lead, ListReader } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, RefusalError } from '../../platform/errors/index.ts';
import { NamedClients } from '../deals/index.ts';
import { EventIngestion, lockTenant } from '../events/index.ts';
import type { EventAnswer } from '../events/index.ts';
import { LeadChanges } from './lead-changes.ts';
import { LeadClients } from './lead-clients.ts';
import { rowOf } from './lead-records.ts';
import type { LeadView } from './lead-views.ts';
import type { ConvertLead } from './leads.dto.ts';
import { LeadsService } from './leads.service.ts';

/** A lead becomes a deal: its end here and the event that makes the deal are one transaction. */
@Injectable()
export class LeadConversionService {
  constructor(
    @Inject(LeadChanges) private readonly changes: LeadChanges,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(LeadClients) private readonly clients: LeadClients,
    @Inject(NamedClients) private readonly named: NamedClients,
  ) {}

  /**
   * Makes a deal of the lead in a pipeline. A repeat gives the deal that is there. What a company converts, or has bought, is
   * the company's deal, and it names only clients that it sees. A new client is made in the same transaction. Refuses as
   * `convertLead` does, with `unknown_pipeline`, `no_default_pipeline`, `unknown_client`, `stale_version`.
   */
  async convert(
    principal: Principal,
    id: string,
    { version, name, pipeline, owner_id, client_id, new_client }: ConvertLead,
  ): Promise<LeadView> {
    const { scopes, restrictedTo } = principal;
    if (!scopes.has('deals:write'))
      throw forbidden('A deal is made by who may change deals: the permission deals:write.');
    if (restrictedTo !== undefined && (owner_id ?? restrictedTo) !== restrictedTo)
      throw forbidden('Your deals are your own; leave `owner_id` out.');
    const seen = await this.leads.one(principal, id);
    if (seen.kind === 'converted') return seen;
    const clients = this.clients.work;
    await this.named.refuseUnseen(principal, client_id);
    // In the tenant's turn, taken before the lead is locked, as by a return that takes the deal back.
    const first = async (tx: Transaction): Promise<void> => {
      if (new_client !== undefined) await clients.takeTurn(tx, principal.tenantId);
      await lockTenant(tx, principal.tenantId);
    };
    const expected = { version, sent: { pipeline, name }, contacts: false, first };
    return this.changes.change(principal, seen.id, expected, async (before, tx) => {
      const { record, rules, now } = before;
      const lists = listReader(rules);
      const ownerId = restrictedTo ?? owner_id ?? record.lead.buyerId;
      const clientId =
        new_client === undefined
          ? (client_id ?? null)
          : await clients.make(tx, principal, {
              ...new_client,
              // It has the contact, which only who has the lead may know.
              ownerId: restrictedTo ?? record.lead.buyerId,
              lead: record.lead,
            });
      const conversion = accepted(
        convertLead(rules, rules.consent, listedOnly(record.lead, lists), {
          pipeline: pipeline ?? '',
          dealName: name,
          ownerId,
          clientId,
          at: now,
          actorId: principal.id,
        }),
      );
      const dealId = await this.makeDeal(tx, principal, conversion, pipeline);
      const { change } = conversion;
      const { lead } = record;
      return {
        record: {
          ...record,
          dealId,
          lead: { ...lead, last: change, history: [...lead.history, change] },
        },
        change,
        action: 'lead.converted',
        detail: { deal: dealId },
      };
    });
  }

  /** A pipeline that knows no `lead.created` gets its deal by our own event. */
  private async makeDeal(
    tx: Transaction,
    { tenantId, kind, id }: Principal,
    { event }: Conversion,
    pipeline: string | undefined,
  ): Promise<string> {
    // Deals go by the database's clock, also where the tenant's stands still.
    const [clock] = await tx.query<{ now: number }>(
      'SELECT clock_timestamp()::timestamptz(3) AS now',
    );
    const { pipeline: _named, ...data } = event.data;
    const raw = {
      event_id: event.eventId,
      type: event.type,
      version: event.version,
      source: event.source,
      occurred_at: formatInstant(clock?.now ?? 0),
      external_refs: event.externalRefs,
      correlation_id: event.correlationId,
      data: { ...data, ...(pipeline === undefined ? {} : { pipeline }), by: `${kind}:${id}` },
    };
    const send = async (sent: object): Promise<EventAnswer | undefined> =>
      (await this.ingestion.writeLocked(tx, tenantId, [sent])).answers[0];
    let answer = await send(raw);
    if (answer?.status === 'orphan')
      answer = await send({ ...raw, event_id: `${raw.event_id}:deal`, type: 'deal.created' });
    const dealId = answer?.master_deal_id;
    if (dealId !== undefined && answer?.status !== 'rejected') return dealId;
    throw notMade(answer);
  }
}

/** Of city, niche and legal form only what is listed: attributes of a deal are seen by everybody who sees the deal. */
function listedOnly(lead: Lead, lists: ListReader): Lead {
  const { fields } = lead;
  const parts = { title: null, score: null, lotId: null, dealId: null };
  const record = { lead, ...parts, attributes: {}, version: 1, erased: false };
  const row = rowOf(record, lists, lead.createdAt);
  return {
    ...lead,
    fields: {
      ...fields,
      city: { ...fields.city, value: row.city },
      niche: { ...fields.niche, value: row.niche },
      legalForm: { ...fields.legalForm, value: row.legal_form },
    },
  };
}

function notMade(answer: EventAnswer | undefined): RefusalError {
  if (answer === undefined || answer.status === 'orphan')
    return new RefusalError({
      code: 'no_default_pipeline',
      reason: 'The tenant has no default pipeline. Name a `pipeline`, or publish one.',
      field: 'pipeline',
    });
  const { code = 'rejected', reason = 'No deal was made.', field } = answer;
  return new RefusalError({
    code,
    reason,
    ...(field === undefined ? {} : { field: field.replace(/^data\./, '') }),
  });
}
