import { Inject, Injectable } from '@nestjs/common';
import {
  comparableOf,
  duplicateKeys,
  isFree,
  matchComparables,
  MATCH_WAYS,
} from 'twenty-mak-domain';
import type { DuplicateMatch, LeadContact } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { ContactVault } from '../persons/index.ts';
import { findByDigests, findContacts } from './lead-contacts.repository.ts';
import type { FoundLead } from './lead-contacts.repository.ts';
import { leadsInBlocks } from './lead-duplicates.repository.ts';
import { contactOf } from './lead-records.ts';
import type { LeadRecord } from './lead-records.ts';
import { LeadStore } from './lead-store.ts';

/** Most leads whose names are compared with one that is entered. */
const MOST_COMPARED = 200;

/** What is known of a lead that matches. */
export type Known = Pick<FoundLead, 'id' | 'kind' | 'responsible_id' | 'partner_id' | 'buyer_id'>;

/** Whether a company sees the lead. */
function isOf({ partner_id, buyer_id }: Known, companyId: string): boolean {
  return partner_id === companyId || buyer_id === companyId;
}

/** The leads that entries of one batch match, those of the batch included as they become leads. */
export class BatchMatches {
  private readonly byDigest = new Map<string, Map<string, FoundLead['way']>>();
  private readonly likely = new Map<string, readonly DuplicateMatch[]>();
  readonly known = new Map<string, Known>();

  addFound(rows: readonly FoundLead[]): void {
    for (const row of rows) {
      this.known.set(row.id, row);
      this.addKey(row.digest, row.id, row.way);
    }
  }

  /** What names say of an entry. */
  addLikely(id: string, matches: readonly DuplicateMatch[], known: readonly Known[]): void {
    this.likely.set(id, matches);
    for (const one of known) this.known.set(one.id, one);
  }

  /** A lead of this batch that later entries may match. */
  addRecord(
    { lead }: LeadRecord,
    keys: readonly { digest: string; way: FoundLead['way'] }[],
  ): void {
    this.known.set(lead.id, {
      id: lead.id,
      kind: lead.last.kind,
      responsible_id: lead.fields.responsibleId.value,
      partner_id: lead.origin.partnerId,
      buyer_id: lead.buyerId,
    });
    for (const { digest, way } of keys) if (way !== 'name') this.addKey(digest, lead.id, way);
  }

  of(id: string, keys: readonly { digest: string; way: FoundLead['way'] }[]): DuplicateMatch[] {
    const found = new Map<string, DuplicateMatch>();
    for (const { digest } of keys)
      for (const [leadId, by] of this.byDigest.get(digest) ?? []) {
        const before = found.get(leadId);
        if (before === undefined || MATCH_WAYS.indexOf(by) < MATCH_WAYS.indexOf(before.by))
          found.set(leadId, { leadId, by, score: 1_000 });
      }
    const names = (this.likely.get(id) ?? []).filter(({ leadId }) => !found.has(leadId));
    // The one that a rule may merge into comes first among equals, and else the one that is found first.
    const certain = [...found.values()].toSorted(
      (left, right) => MATCH_WAYS.indexOf(left.by) - MATCH_WAYS.indexOf(right.by),
    );
    return [...certain, ...names];
  }

  /** Whether a rule may merge into the lead what is entered. A company changes no lead that it does not see. */
  takesIn(leadId: string, companyId: string | null): boolean {
    const known = this.known.get(leadId);
    if (known === undefined || !isFree({ kind: known.kind, buyerId: known.buyer_id })) return false;
    return companyId === null || isOf(known, companyId);
  }

  /** Leads that a rule may merge into what is entered. */
  takers(companyId: string | null): readonly string[] {
    return [...this.known.keys()].filter((id) => this.takesIn(id, companyId));
  }

  /** Matches with leads that a company sees. */
  ownOf(companyId: string, matches: readonly DuplicateMatch[]): readonly DuplicateMatch[] {
    return matches.filter(({ leadId }) => {
      const known = this.known.get(leadId);
      return known !== undefined && isOf(known, companyId);
    });
  }

  private addKey(digest: string, leadId: string, way: FoundLead['way']): void {
    const leads = this.byDigest.get(digest) ?? new Map<string, FoundLead['way']>();
    leads.set(leadId, way);
    this.byDigest.set(digest, leads);
  }
}

/** Looks for leads that are there already. */
@Injectable()
export class LeadMatcher {
  constructor(
    @Inject(LeadStore) private readonly store: LeadStore,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  /**
   * Matches of the records: numbers and addresses by one question for all, names one by one where `names` asks for it. With
   * `of` only leads that this company sees are found.
   */
  async find(
    tx: Transaction,
    tenantId: string,
    records: readonly LeadRecord[],
    { names, of = null }: { readonly names: boolean; readonly of?: string | null },
  ): Promise<BatchMatches> {
    const matches = new BatchMatches();
    const isSought = (lead: Known): boolean => of === null || isOf(lead, of);
    const digests = records
      .flatMap(({ lead }) => this.store.keysOf(tenantId, lead))
      .filter(({ way }) => way !== 'name')
      .map(({ digest }) => digest);
    const rows = await findByDigests(tx, tenantId, [...new Set(digests)]);
    matches.addFound(rows.filter(isSought));
    if (names)
      for (const { lead } of records) {
        const { found, known } = await this.likely(tx, tenantId, lead.id, contactOf(lead));
        const sought = new Map(known.filter(isSought).map((one) => [one.id, one]));
        matches.addLikely(
          lead.id,
          found.filter(({ leadId }) => sought.has(leadId)),
          [...sought.values()],
        );
      }
    return matches;
  }

  /** Leads that a contact matches, for a question. */
  async matchesOf(
    tx: Transaction,
    tenantId: string,
    contact: LeadContact,
  ): Promise<readonly DuplicateMatch[]> {
    const keys = this.store.digestsOf(tenantId, contact);
    const matches = new BatchMatches();
    const digests = keys.filter(({ way }) => way !== 'name').map(({ digest }) => digest);
    matches.addFound(await findByDigests(tx, tenantId, digests));
    const { found, known } = await this.likely(tx, tenantId, '', contact);
    matches.addLikely('', found, known);
    return matches.of('', keys);
  }

  /** Leads with a similar name in the same city, the most similar first. */
  async likely(
    tx: Transaction,
    tenantId: string,
    id: string,
    contact: LeadContact,
  ): Promise<{ found: readonly DuplicateMatch[]; known: readonly Known[] }> {
    const { blocks } = duplicateKeys(contact);
    if (blocks.length === 0) return { found: [], known: [] };
    const digests = this.blocksOf(tenantId, blocks);
    const near = (await leadsInBlocks(tx, tenantId, digests, MOST_COMPARED)).filter(
      (one) => one.id !== id,
    );
    const rows = await findContacts(
      tx,
      tenantId,
      near.map((one) => one.id),
    );
    const boxes = await this.store.open(tx, tenantId, rows);
    const own = comparableOf(contact);
    const found = rows.flatMap(({ lead_id: leadId }, index): DuplicateMatch[] => {
      const box = boxes[index] ?? null;
      const match = box === null ? null : matchComparables(own, comparableOf(box));
      return match === null || match.by !== 'name' ? [] : [{ leadId, ...match }];
    });
    return { found: found.toSorted((left, right) => right.score - left.score), known: near };
  }

  keysOf(tenantId: string, { lead }: LeadRecord): ReturnType<LeadStore['keysOf']> {
    return this.store.keysOf(tenantId, lead);
  }

  blocksOf(tenantId: string, blocks: readonly string[]): readonly string[] {
    return blocks.map((block) => this.vault.digest(tenantId, `block:${block}`));
  }
}
