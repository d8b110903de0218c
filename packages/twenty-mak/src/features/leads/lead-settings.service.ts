import { Inject, Injectable } from '@nestjs/common';
import { changeLeadLists, changeLeadSettings } from 'twenty-mak-domain';
import type { LeadStatus } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { accepted, staleVersion } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Audit } from '../audit/index.ts';
import { settingsAnswer } from './lead-settings.dto.ts';
import type { SaveLeadSettings } from './lead-settings.dto.ts';
import {
  findLeadSettings,
  keysInUse,
  readUnlistedAgain,
  saveLeadSettings,
} from './lead-settings.repository.ts';
import type { LeadRules, LeadSettingsRow } from './lead-settings.repository.ts';
import { lockLeads } from './leads.lock.ts';
import { leadCompare } from './leads.jobs.ts';

/** Statuses, sources, ways of handling, cities, niches and rules of a tenant. */
@Injectable()
export class LeadSettingsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  async read({ tenantId }: Principal): Promise<LeadSettingsRow> {
    return this.database.within({ tenantId }, (tx) => findLeadSettings(tx, tenantId));
  }

  /** Changes what was sent. Refuses with `stale_version`, and as the rules of settings do. */
  async save(
    principal: Principal,
    { version, statuses, ...changes }: SaveLeadSettings,
  ): Promise<LeadSettingsRow> {
    const { tenantId } = principal;
    const saved = await this.database.within({ tenantId }, async (tx) => {
      // Nobody enters a lead with a word that is being taken away.
      await lockLeads(tx, tenantId);
      const before = await findLeadSettings(tx, tenantId);
      if (before.version !== version)
        throw staleVersion(settingsAnswer(before), { version, statuses, ...changes });
      const after = rulesOf(before, changes, statuses?.map(statusOf));
      const inUse = await keysInUse(tx, tenantId);
      accepted(changeLeadSettings(before, after, inUse));
      accepted(changeLeadLists(before, after, inUse));
      const row = await saveLeadSettings(tx, tenantId, version, after);
      if (row === undefined)
        throw staleVersion(settingsAnswer(await findLeadSettings(tx, tenantId)), { version });
      if (changes.cities !== undefined || changes.niches !== undefined)
        await readUnlistedAgain(tx, tenantId);
      const fields = Object.keys({ ...changes, ...(statuses === undefined ? {} : { statuses }) });
      await Audit.record(tx, principal, 'lead_settings.changed', 'lead_settings', tenantId, {
        fields,
      });
      return row;
    });
    this.bell.ring(leadCompare, { tenantId });
    return saved;
  }
}

function rulesOf(
  before: LeadRules,
  changes: Omit<SaveLeadSettings, 'version' | 'statuses'>,
  statuses: readonly LeadStatus[] | undefined,
): LeadRules {
  return {
    statuses: statuses ?? before.statuses,
    sources: changes.sources ?? before.sources,
    handlings: changes.handlings ?? before.handlings,
    cities: changes.cities ?? before.cities,
    niches: changes.niches ?? before.niches,
    certain: changes.certain ?? before.certain,
    likely: changes.likely ?? before.likely,
    consent: changes.consent ?? before.consent,
    country: changes.country ?? before.country,
  };
}

function statusOf({
  entry_for: entryFor,
  reason_needed: reasonNeeded,
  ...status
}: NonNullable<SaveLeadSettings['statuses']>[number]): LeadStatus {
  return {
    ...status,
    ...(entryFor === undefined ? {} : { entryFor }),
    ...(reasonNeeded === undefined ? {} : { reasonNeeded }),
  };
}
