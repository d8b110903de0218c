import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { ProvidesRecords } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakMove,
  MakRecord,
  WritableRecordSource,
  WriteRefusal,
  Written,
} from '../../platform/records/index.ts';
import { LeadConversionService } from './lead-conversion.service.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { listLeadIds, tellOfLeads } from './lead-records.repository.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { lockLeads } from './leads.lock.ts';
import { findLeads } from './leads.repository.ts';
import { OfficeLeadEntries } from './office-leads.entries.ts';
import type { WrittenLead } from './office-leads.entries.ts';
import { OfficeLeadReader } from './office-leads.reader.ts';
import type { OfficeLead } from './office-leads.reader.ts';
import {
  dealNameOf,
  editOf,
  OFFICE_LEAD,
  officeOf,
  readableOf,
  refusedBy,
  valuesOf,
} from './office-leads.values.ts';

type Answer = Written<string, number>;

const GONE = {
  erased: {
    code: 'person_erased',
    reason:
      'The person was erased in MaK and stays erased. Delete the person in the other system too.',
    field: null,
  },
  merged: {
    code: 'lead_merged',
    reason:
      'The lead has become one with another one in MaK. Merge the two in the other system too.',
    field: null,
  },
} as const satisfies Record<string, WriteRefusal>;

/**
 * Leads with who they are, for a system in which the head office works: it knows what the head office does. Leads as all others
 * may know them are another kind of records. What that system says goes the ways of people: it enters leads by the one way in,
 * edits, moves and converts them, and is refused as they are.
 */
@Injectable()
@ProvidesRecords({ entity: OFFICE_LEAD })
export class OfficeLeadRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OfficeLeadReader) private readonly reader: OfficeLeadReader,
    @Inject(OfficeLeadEntries) private readonly entries: OfficeLeadEntries,
    @Inject(LeadEditsService) private readonly edits: LeadEditsService,
    @Inject(LeadConversionService) private readonly conversion: LeadConversionService,
  ) {}

  /** Of erased people nothing is read. */
  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, async (tx) => {
      const leads = await this.reader.read(tx, tenantId, ids);
      return new Map(leads.map((lead) => [lead.row.id, recordOf(lead)]));
    });
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listLeadIds(tx, tenantId, after, limit));
  }

  async gone(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>> {
    const known = await this.database.within({ tenantId }, (tx) =>
      this.reader.stateOf(tx, tenantId, ids),
    );
    return new Map([...known].map(([id, state]) => [id, GONE[state]] as const));
  }

  /** Of two leads with one number that come in at once, the second one sees the first. */
  takeTurns(tx: Transaction, tenantId: string): Promise<void> {
    return lockLeads(tx, tenantId);
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const change of changes) answers.push(await this.one(tenantId, author, change));
    return answers;
  }

  private async one(tenantId: string, author: string, change: MakChange): Promise<Answer> {
    try {
      return await this.database.within({ tenantId }, async (tx) => {
        const { localId } = change;
        const written =
          localId === null
            ? await this.entries.enter(tx, tenantId, author, change)
            : await this.edit(tx, tenantId, author, localId, change);
        if ('kind' in written) return written;
        const { id, isKnown } = written;
        const [lead] = await this.reader.read(tx, tenantId, [id]);
        if (lead === undefined)
          return { kind: 'refused', refusal: await this.whyGone(tx, tenantId, id) };
        const record = recordOf(lead);
        if (!isKnown) return { kind: 'written', id, ...record };
        // Where either of them stood before they met is nobody's move: both are looked at once more.
        tellOfLeads(tx, tenantId, [id]);
        const { stage: _stage, ...values } = record.values;
        return { kind: 'written', id, ...record, values };
      });
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      if (error.refusal.code === 'stale_version') return { kind: 'moved' };
      return { kind: 'refused', refusal: refusedBy(error.refusal) };
    }
  }

  private async whyGone(tx: Transaction, tenantId: string, id: string): Promise<WriteRefusal> {
    const states = await this.reader.stateOf(tx, tenantId, [id]);
    return GONE[states.get(id) ?? 'erased'];
  }

  private async edit(
    tx: Transaction,
    tenantId: string,
    author: string,
    id: string,
    { values, version, move }: MakChange,
  ): Promise<WrittenLead | Answer> {
    const [before] = await findLeads(tx, tenantId, [id], true);
    if (before === undefined || before.version !== version) return { kind: 'moved' };
    const office = officeOf(tenantId, author);
    const owner = await this.reader.responsibleNamed(tx, tenantId, values['owner']);
    const { country } = await findLeadSettings(tx, tenantId);
    const edit = editOf(readableOf(values, country), owner, version);
    if (!edit.ok) return { kind: 'refused', refusal: refusedBy(edit.refusal) };
    const after = edit.value === null ? before : await this.edits.edit(office, id, edit.value);
    if (move !== undefined) await this.move(tx, tenantId, author, after, move);
    return { id, isKnown: false };
  }

  /**
   * Into a status that stands for one here, as by hand. Into one that stands for a deal, or somewhere where deals are, it becomes
   * a deal, as by hand too.
   */
  private async move(
    tx: Transaction,
    tenantId: string,
    author: string,
    { id, version }: Pick<OfficeLead['row'], 'id' | 'version'>,
    { field, to }: MakMove,
  ): Promise<void> {
    const office = officeOf(tenantId, author);
    const { statuses } = await findLeadSettings(tx, tenantId);
    const status = to.kind === 'fact' ? to.eventType : null;
    const isDeal =
      status === null || statuses.find(({ key }) => key === status)?.kind === 'converted';
    try {
      if (isDeal) {
        const [lead] = await this.reader.read(tx, tenantId, [id]);
        if (lead === undefined) {
          const { code, reason } = GONE.erased;
          throw new RefusalError({ code, reason });
        }
        const ownerId = lead.row.buyer_id ?? lead.row.responsible_id ?? undefined;
        const name = dealNameOf(lead);
        await this.conversion.convert(office, id, {
          version,
          name,
          ...(ownerId === undefined ? {} : { owner_id: ownerId }),
        });
      } else
        await this.edits.move(office, id, {
          status,
          version,
          reason: `Moved in ${author}`,
        });
    } catch (error) {
      if (!(error instanceof RefusalError) || error.refusal.code === 'stale_version') throw error;
      // Of what was refused, the status is what stands there.
      throw new RefusalError({ ...error.refusal, field });
    }
  }
}

function recordOf(lead: OfficeLead): MakRecord {
  return { values: valuesOf(lead), version: lead.row.version };
}
