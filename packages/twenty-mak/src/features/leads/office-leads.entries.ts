import { Inject, Injectable } from '@nestjs/common';
import { duplicateNotice, isFree } from 'twenty-mak-domain';
import type { Values } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { isLinkedElsewhere, unlinkedRecords, wasTurnedAway } from '../../platform/records/index.ts';
import type { MakChange, WriteRefusal } from '../../platform/records/index.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { entryOf } from './lead-entries.ts';
import type { EntryOutcome } from './lead-entries.ts';
import { tellResponsibleOf } from './lead-notices.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { LeadWriter } from './lead-writer.ts';
import { findLeads } from './leads.repository.ts';
import { OfficeLeadReader } from './office-leads.reader.ts';
import {
  editOf,
  entryBody,
  newsOf,
  OFFICE_LEAD,
  officeOf,
  readableOf,
  refusedBy,
  valuesOf,
} from './office-leads.values.ts';

/** What a record of another system has become. */
export interface WrittenLead {
  readonly id: string;
  /** It was there, and has met a record of the other system now. */
  readonly isKnown: boolean;
}

interface Refused {
  readonly kind: 'refused';
  readonly refusal: WriteRefusal;
}

/** Lets in what another system alone has: the one way in for leads, unless it is there already. */
@Injectable()
export class OfficeLeadEntries {
  constructor(
    @Inject(OfficeLeadReader) private readonly reader: OfficeLeadReader,
    @Inject(LeadWriter) private readonly writer: LeadWriter,
    @Inject(LeadEditsService) private readonly edits: LeadEditsService,
  ) {}

  /**
   * The lead that the entry has become. Nothing is written of one that would be refused: what the rules would do is looked at
   * first.
   */
  async enter(
    tx: Transaction,
    tenantId: string,
    author: string,
    { remoteId, values }: MakChange,
  ): Promise<WrittenLead | Refused> {
    const rules = await findLeadSettings(tx, tenantId);
    const owner = await this.reader.responsibleNamed(tx, tenantId, values['owner']);
    const readable = readableOf(values, rules.country);
    const body = entryBody(readable, owner, { system: author, id: remoteId ?? '' });
    if (!body.ok) return { kind: 'refused', refusal: refusedBy(body.refusal) };
    const entry = entryOf(body.value, rules.country);
    if (!entry.ok) return { kind: 'refused', refusal: refusedBy(entry.refusal) };
    const { kind, id } = officeOf(tenantId, author);
    const external = rules.sources.find(({ key }) => key === 'external') ?? rules.sources[0];
    const context = {
      ...{ tenantId, actor: { kind, id }, companyId: null, names: 'now' as const },
      source: external?.key ?? '',
    };
    const [foreseen] = await this.writer.write(tx, { ...context, dry: true }, [entry.value]);
    if (foreseen === undefined) throw new Error('an entry got no outcome');
    if (foreseen.result === 'refused') return { kind: 'refused', refusal: refusedBy(foreseen) };
    const met = await this.metBy(tx, tenantId, author, foreseen);
    if (met !== null) {
      await this.takeIn(tx, tenantId, author, met, values);
      return { id: met, isKnown: true };
    }
    const place = [tenantId, author, OFFICE_LEAD] as const;
    if (foreseen.result === 'blocked') {
      const refusal = existing(foreseen);
      // Once, however often it is looked at.
      if (!(await wasTurnedAway(tx, ...place, remoteId ?? '', refusal.code)))
        await tellResponsibleOf(tx, tenantId, id, foreseen.matches);
      return { kind: 'refused', refusal };
    }
    if (foreseen.result !== 'created') {
      const { leadId } = foreseen;
      const there = [...place, leadId, remoteId ?? ''] as const;
      if (await isLinkedElsewhere(tx, ...there)) return { kind: 'refused', refusal: oneOf(leadId) };
    }
    const [outcome] = await this.writer.write(tx, context, [entry.value]);
    if (outcome === undefined || !('leadId' in outcome))
      throw new Error('an entry became something else than was foreseen');
    return { id: outcome.leadId, isKnown: outcome.result !== 'created' };
  }

  /**
   * A lead of the very number or address that the other system does not have yet: both are one, before the rules for duplicates let
   * a second one in or turn it away. Where they would let it in, only one that is about to be made there; what others count on or
   * is closed never.
   */
  private async metBy(
    tx: Transaction,
    tenantId: string,
    author: string,
    foreseen: Exclude<EntryOutcome, { result: 'refused' }>,
  ): Promise<string | null> {
    if (foreseen.result !== 'blocked' && foreseen.result !== 'created') return null;
    const certain = foreseen.matches.filter(({ by }) => by !== 'name').map(({ leadId }) => leadId);
    if (certain.length === 0) return null;
    const free = (await findLeads(tx, tenantId, certain)).filter(({ kind, buyer_id: buyerId }) =>
      isFree({ kind, buyerId }),
    );
    const ids = free.map(({ id }) => id);
    const isAwaited = foreseen.result === 'created';
    const unlinked = await unlinkedRecords(tx, tenantId, author, OFFICE_LEAD, ids, isAwaited);
    return certain.find((id) => unlinked.has(id)) ?? null;
  }

  /** What the other system knows of a lead that is there. */
  private async takeIn(
    tx: Transaction,
    tenantId: string,
    author: string,
    id: string,
    values: Values,
  ): Promise<void> {
    const [lead] = await this.reader.read(tx, tenantId, [id]);
    if (lead === undefined) return;
    const news = newsOf(readableOf(values, lead.rules.country), valuesOf(lead));
    const owner = await this.reader.responsibleNamed(tx, tenantId, news['owner']);
    const edit = editOf(news, owner, lead.row.version);
    if (!edit.ok) throw new RefusalError(edit.refusal);
    if (edit.value !== null) await this.edits.edit(officeOf(tenantId, author), id, edit.value);
  }
}

/** By the tenant's rule nobody enters such a lead. */
function existing({ matches }: Extract<EntryOutcome, { result: 'blocked' }>): WriteRefusal {
  const notice = duplicateNotice('head_office', matches);
  const [first] = 'matches' in notice ? notice.matches : [];
  return {
    code: 'lead_exists',
    reason: `MaK has such a lead already${first === undefined ? '' : ` (${first.leadId})`}, and the rules for duplicates let no second one in. Merge the two in the other system, or change the rules.`,
    field: null,
  };
}

function oneOf(leadId: string): WriteRefusal {
  return {
    code: 'already_linked',
    reason: `By the rules for duplicates it has become one with the lead ${leadId} of MaK, which the other system has already as another record. Merge the two there.`,
    field: null,
  };
}
