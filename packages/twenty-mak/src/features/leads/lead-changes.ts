import { Inject, Injectable } from '@nestjs/common';
import { listReader } from 'twenty-mak-domain';
import type { LeadOrigin, StatusChange } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { afterCommit, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, staleVersion } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditAction, AuditDetail } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { insertHistory } from './lead-contacts.repository.ts';
import { announceMoved, announceOriginChanged } from './lead-events.ts';
import { insertOriginChange } from './lead-history.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import { LeadStore } from './lead-store.ts';
import type { LeadRecord } from './lead-records.ts';
import { leadAnswer, leadView, mayChange } from './lead-views.ts';
import type { LeadView } from './lead-views.ts';
import { leadCompare } from './leads.jobs.ts';
import { lockLeads } from './leads.lock.ts';
import { findLeads } from './leads.repository.ts';
import type { ListedLead } from './leads.repository.ts';
import { LeadsService } from './leads.service.ts';

/** What a change has before it. */
export interface LeadBefore {
  readonly record: LeadRecord;
  readonly rules: LeadRules;
  readonly now: number;
}

/** What a change comes to; null when there is nothing to do. */
export interface LeadAfter {
  readonly record: LeadRecord;
  readonly change?: StatusChange;
  /** Who brought the lead, and where it comes from, when that was corrected. */
  readonly origin?: LeadOrigin | null;
  readonly action: AuditAction;
  readonly detail?: AuditDetail;
}

/** The one way of changes by people: look, decide, save, tell, leave an audit entry, in one transaction. */
@Injectable()
export class LeadChanges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(LeadStore) private readonly store: LeadStore,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /**
   * One change of one lead that the principal may change. With `contacts` nobody else enters contacts meanwhile, and they are
   * saved too; with `words` nobody takes words of the tenant away meanwhile. `first` is done before the lead is locked. Refuses with `not_found`, `forbidden` or `stale_version`.
   */
  async change(
    principal: Principal,
    id: string,
    expected: {
      readonly version?: number;
      readonly sent: object;
      readonly contacts: boolean;
      readonly words?: boolean;
      readonly first?: (tx: Transaction, row: ListedLead) => Promise<void>;
    },
    decide: (before: LeadBefore, tx: Transaction) => LeadAfter | null | Promise<LeadAfter | null>,
  ): Promise<LeadView> {
    const { tenantId } = principal;
    // Says whether the lead is visible; what follows has to see more than that, e.g. who else has a number.
    const seen = await this.leads.one(principal, id);
    return this.database.within({ tenantId }, async (tx) => {
      if (expected.contacts || expected.words === true) await lockLeads(tx, tenantId);
      if (expected.first !== undefined) {
        const [row] = await findLeads(tx, tenantId, [seen.id]);
        if (row === undefined) throw notFound('lead');
        refuseForeign(principal, row);
        await expected.first(tx, row);
      }
      const [record] = await this.store.load(tx, tenantId, [seen.id]);
      const [view] = await findLeads(tx, tenantId, [seen.id]);
      if (record === undefined || view === undefined) throw notFound('lead');
      refuseForeign(principal, view);
      const { version } = expected;
      if (version !== undefined && version !== view.version)
        throw staleVersion(leadAnswer(leadView(view, principal)), { version, ...expected.sent });
      const rules = await findLeadSettings(tx, tenantId);
      const now = await presentOf(tx, tenantId);
      const after = await decide({ record, rules, now }, tx);
      if (after === null) return leadView(view, principal);
      const lists = listReader(rules);
      await this.store.update(tx, tenantId, [after.record], lists, now, expected.contacts);
      const { change, origin = null } = after;
      if (change !== undefined) {
        insertHistory(tx, tenantId, [{ ...change, holder: view.id }]);
        const from = { status: view.status, kind: view.kind };
        announceMoved(tx, tenantId, [{ id: view.id, version: view.version + 1, from, change }]);
      }
      if (origin !== null) {
        const told = { leadId: view.id, version: view.version + 1, at: now, actorId: principal.id };
        const corrected = { ...told, from: record.lead.origin, to: origin };
        insertOriginChange(tx, tenantId, corrected);
        announceOriginChanged(tx, tenantId, corrected);
      }
      await Audit.record(tx, principal, after.action, 'lead', view.id, after.detail);
      afterCommit(() => {
        if (change !== undefined || origin !== null) this.bus.ring(OUTBOX_CHANNEL, tenantId);
        if (expected.contacts) this.bell.ring(leadCompare, { tenantId });
      });
      return this.leads.load(tx, principal, view.id);
    });
  }
}

/** Refuses a change of what is no longer the company's to change. */
export function refuseForeign(principal: Principal, view: Parameters<typeof mayChange>[1]): void {
  if (mayChange(principal, view)) return;
  throw forbidden('The lead is on auction, sold or a deal; it is no longer yours to change.');
}
