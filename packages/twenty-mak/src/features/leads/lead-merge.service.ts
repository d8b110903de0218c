import { Inject, Injectable } from '@nestjs/common';
import { listReader, mergeLeads } from 'twenty-mak-domain';
import type { LeadFields, MergeChoice } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { afterCommit, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { Audit } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { seesContacts } from './lead-contacts.ts';
import { MERGE_FIELDS } from './lead-duplicates.dto.ts';
import type { MergedAnswer, MergeField, MergeLeads } from './lead-duplicates.dto.ts';
import { markDuplicates } from './lead-duplicates.repository.ts';
import { announceMerged } from './lead-events.ts';
import { absorb, alikeTo } from './lead-merge.repository.ts';
import { offeredMeanwhile } from './lead-offers.ts';
import { contactOf } from './lead-records.ts';
import type { LeadRecord } from './lead-records.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { LeadStore } from './lead-store.ts';
import { leadAnswer } from './lead-views.ts';
import { leadCompare } from './leads.jobs.ts';
import { lockLeads } from './leads.lock.ts';
import { LeadsService } from './leads.service.ts';
import { ringPairs } from './pairs-ring.ts';

/** One lead of two, by a person who has looked. */
@Injectable()
export class LeadMergeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(LeadStore) private readonly store: LeadStore,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /**
   * Merges two leads, or with `dry` shows what would become of them. History, outer ids, remarks and answers of both stay.
   * Refuses as `mergeLeads` of the domain does, and with `lead_on_auction`, `lead_erased`, `stale_version` or `not_found`.
   */
  async merge(
    principal: Principal,
    { leads, dry, survivor: survivorId, values = {} }: MergeLeads,
  ): Promise<MergedAnswer> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      await lockLeads(tx, tenantId);
      const ids = leads.map(({ id }) => id);
      const records = await this.store.load(tx, tenantId, ids);
      const [left, right] = ids.map((id) => records.find(({ lead }) => lead.id === id));
      if (left === undefined || right === undefined) throw notFound('lead');
      if (left.erased !== right.erased) throw erasedOne();
      for (const { id, version } of leads)
        await this.refuseStale(tx, principal, id, version, records);
      const at = await presentOf(tx, tenantId);
      const chosen = Object.values(values);
      if (chosen.some((id) => !ids.includes(id))) throw notOfThese();
      const choice = { survivorId, values: domainValues(values), at };
      const { survivor, absorbedId } = accepted(mergeLeads(left.lead, right.lead, choice));
      const [stays, goes] = survivor.id === left.lead.id ? [left, right] : [right, left];
      const merged = mergedRecord(stays, goes, survivor, values);
      refuseOffered(survivor);
      const found = {
        survivor_id: survivor.id,
        absorbed_id: absorbedId ?? goes.lead.id,
        values: heldValues(merged, stays, goes),
      };
      const preview = previewOf(principal, merged);
      if (preview !== null) await Audit.record(tx, principal, 'person.read', 'lead', null, { ids });
      if (dry) return { ...found, done: false, lead: null, preview };
      await this.save(tx, principal, merged, goes);
      const view = await this.leads.load(tx, principal, survivor.id);
      return { ...found, done: true, lead: leadAnswer(view), preview };
    });
  }

  private async refuseStale(
    tx: Transaction,
    principal: Principal,
    id: string,
    version: number,
    records: readonly LeadRecord[],
  ): Promise<void> {
    if (records.find(({ lead }) => lead.id === id)?.version === version) return;
    throw staleVersion(leadAnswer(await this.leads.load(tx, principal, id)), { id, version });
  }

  private async save(
    tx: Transaction,
    principal: Principal,
    merged: LeadRecord,
    goes: LeadRecord,
  ): Promise<void> {
    const { tenantId, id: by } = principal;
    const now = await presentOf(tx, tenantId);
    const [stayId, goId] = [merged.lead.id, goes.lead.id];
    const lists = listReader(await findLeadSettings(tx, tenantId));
    const alike = await alikeTo(tx, tenantId, goId);
    await absorb(tx, tenantId, goId, stayId, by);
    await this.store.update(tx, tenantId, [merged], lists, now, !merged.erased);
    markDuplicates(tx, tenantId, [stayId, goId, ...alike]);
    announceMerged(tx, tenantId, { id: goId, version: goes.version + 1, into: stayId, at: now });
    await Audit.record(tx, principal, 'lead.merged', 'lead', stayId, { absorbed: goId });
    ringPairs(this.bus, tenantId);
    afterCommit(() => {
      this.bus.ring(OUTBOX_CHANNEL, tenantId);
      this.bell.ring(leadCompare, { tenantId });
    });
  }
}

/** Fields of the rules by their names in answers; the others are beside the rules. */
const NAMES = {
  name: 'name',
  city: 'city',
  niche: 'niche',
  legal_form: 'legalForm',
  handling: 'handling',
  amount: 'amount',
  responsible_id: 'responsibleId',
} as const satisfies Partial<Record<MergeField, keyof LeadFields>>;

function domainValues(
  values: NonNullable<MergeLeads['values']>,
): NonNullable<MergeChoice['values']> {
  return Object.fromEntries(
    Object.entries(NAMES).map(([name, field]) => [field, values[name as keyof typeof NAMES]]),
  );
}

function mergedRecord(
  stays: LeadRecord,
  goes: LeadRecord,
  survivor: LeadRecord['lead'],
  { title, score }: NonNullable<MergeLeads['values']>,
): LeadRecord {
  const named = (id: string | undefined): LeadRecord | undefined =>
    [stays, goes].find(({ lead }) => lead.id === id);
  const [titled, scored] = [named(title), named(score)];
  return {
    ...stays,
    lead: survivor,
    title: titled === undefined ? (stays.title ?? goes.title) : titled.title,
    score: scored === undefined ? (stays.score ?? goes.score) : scored.score,
    attributes: { ...goes.attributes, ...stays.attributes },
  };
}

/** Of every field in which the leads differ the one whose value holds. */
function heldValues(
  merged: LeadRecord,
  stays: LeadRecord,
  goes: LeadRecord,
): MergedAnswer['values'] {
  const valueOf = (record: LeadRecord, name: MergeField): string =>
    JSON.stringify(
      name === 'title' || name === 'score' ? record[name] : record.lead.fields[NAMES[name]].value,
    );
  return Object.fromEntries(
    MERGE_FIELDS.filter((name) => valueOf(stays, name) !== valueOf(goes, name)).map((name) => [
      name,
      valueOf(merged, name) === valueOf(stays, name) ? stays.lead.id : goes.lead.id,
    ]),
  );
}

/** A no of the one would be a no of the other, which is on auction. */
function refuseOffered({ last, consent }: LeadRecord['lead']): void {
  const isNo = consent !== null && consent.answer !== 'given';
  if (last.kind === 'auction' && isNo) throw offeredMeanwhile();
}

function previewOf(principal: Principal, { lead, erased }: LeadRecord): MergedAnswer['preview'] {
  if (!seesContacts(principal) || erased) return null;
  const { fields, origin, last, consent } = lead;
  const { name, city, phones, emails } = contactOf(lead);
  return {
    name,
    city,
    phones,
    emails,
    niche: fields.niche.value,
    amount: fields.amount.value?.amount ?? null,
    currency: fields.amount.value?.currency ?? null,
    source: origin.source,
    status: last.to,
    consent: consent?.answer ?? null,
  };
}

function notOfThese(): RefusalError {
  return new RefusalError({
    code: 'not_of_these',
    reason: 'What stays is of one of the two leads.',
    field: 'values',
  });
}

function erasedOne(): RefusalError {
  return new RefusalError(
    {
      code: 'lead_erased',
      reason: 'The person of one of them was erased, and nobody can tell whether they are one.',
    },
    409,
  );
}
