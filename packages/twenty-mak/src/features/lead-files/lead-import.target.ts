import { Inject, Injectable } from '@nestjs/common';
import { LEAD_IMPORT_FIELDS, leadRowReader } from 'twenty-mak-domain';
import type { ImportProfile, LeadDraft, RowOutcome } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import { SeenKeys } from '../imports/index.ts';
import type { DraftRow, ImportOrder, ImportTarget, ImportTask } from '../imports/index.ts';
import {
  contextOf,
  findLeadSettings,
  LeadWriter,
  readPhone,
  seesContacts,
} from '../leads/index.ts';
import type { LeadRules } from '../leads/index.ts';
import { foreseeRepeats } from './foresee.ts';
import { rowOutcome } from './row-outcomes.ts';

/** What only the head office says of leads, in a form and in a file. */
const OFFICE: readonly string[] = ['source', 'status', 'responsible', 'partner', 'external_id'];

/** Rows of files as leads. */
@Injectable()
export class LeadImportTarget implements ImportTarget<LeadDraft> {
  readonly name = 'lead';
  readonly fields = LEAD_IMPORT_FIELDS;

  constructor(@Inject(LeadWriter) private readonly leads: LeadWriter) {}

  async country(tx: Transaction, tenantId: string): Promise<string> {
    const { country } = await findLeadSettings(tx, tenantId);
    return country;
  }

  refuse({ restrictedTo }: Principal, { columns, defaults }: ImportProfile): void {
    if (restrictedTo === undefined) return;
    const named = [...columns.map(({ field }) => field), ...Object.keys(defaults)];
    const field = named.find((name) => OFFICE.includes(name));
    if (field !== undefined) throw forbidden(`Only the office says \`${field}\`; leave it out.`);
  }

  seesRows(principal: Principal): boolean {
    return seesContacts(principal);
  }

  async begin(tx: Transaction, order: ImportOrder): Promise<ImportTask<LeadDraft>> {
    const rules = await findLeadSettings(tx, order.tenantId);
    const seen = order.dry ? new SeenKeys() : null;
    return {
      reader: (header) => leadRowReader(order.profile, header, rules, readPhone),
      enter: (inTransaction, rows, before) =>
        this.enter(inTransaction, order, rules, { seen, before }, rows),
    };
  }

  private async enter(
    tx: Transaction,
    order: ImportOrder,
    rules: LeadRules,
    { seen, before }: { readonly seen: SeenKeys | null; readonly before: Promise<unknown> },
    rows: readonly DraftRow<LeadDraft>[],
  ): Promise<readonly RowOutcome[]> {
    const { companyId, profile } = order;
    const evidence = `file ${order.fileName}`.slice(0, 200);
    const entered = await this.leads.write(
      tx,
      {
        ...contextOf(principalOf(order), rules),
        names: 'later',
        // A file of a million numbers would tell a company whom we know.
        quiet: true,
        after: before,
        dry: seen !== null,
      },
      rows.map(({ draft }) => ({ draft, evidence })),
    );
    const outcomes = entered.map((outcome, index) =>
      rowOutcome(rows[index]?.row ?? 0, outcome, profile, companyId !== null),
    );
    return seen === null ? outcomes : foreseeRepeats(rows, outcomes, seen, rules);
  }
}

/** Whoever began the import enters its leads. */
function principalOf({ tenantId, companyId, startedBy }: ImportOrder): Principal {
  return {
    ...startedBy,
    tenantId,
    role: null,
    scopes: new Set(),
    ...(companyId === null ? {} : { restrictedTo: companyId }),
  };
}
