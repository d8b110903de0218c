import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { instantKey, pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { converterOf } from '../exchange-rates/index.ts';
import { DealPipelines, countsByStage } from '../deals/index.ts';
import type { StageCount } from '../deals/index.ts';
import { noteLine, readNoteChanges } from '../events/index.ts';
import { findLeadsOfClient } from '../leads/index.ts';
import { ContactVault } from '../persons/index.ts';
import { presentOf } from '../tenants/index.ts';
import { ClientContacts } from './client-contacts.ts';
import { countDeals, findHistory, findPeople } from './client-page.repository.ts';
import type { HistoryRow, PersonRow } from './client-page.repository.ts';
import { HISTORY_KINDS } from './clients.dto.ts';
import type { ClientHistoryRequest, ContactAnswer } from './clients.dto.ts';
import { findByKeys } from './clients.repository.ts';
import type { ClientRow } from './clients.repository.ts';
import { ClientsService } from './clients.service.ts';

export interface ClientDetail {
  readonly row: ClientRow;
  readonly contacts: readonly ContactAnswer[];
  readonly people: readonly PersonRow[];
  readonly sums: readonly StageCount[];
}

/** What lies behind a client: contacts, the people who work on its deals, sums and history. */
@Injectable()
export class ClientPageService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(ClientContacts) private readonly contacts: ClientContacts,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  async detail(principal: Principal, id: string): Promise<ClientDetail> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const row = await this.clients.load(tx, tenantId, id);
      const contacts = await this.contacts.read(tx, principal, [id]);
      const people = await findPeople(tx, tenantId, id);
      const sums = await this.sumsOf(tx, tenantId, [id]);
      return { row, contacts: contacts.get(id) ?? [], people, sums: sums.get(id) ?? [] };
    });
  }

  async people(principal: Principal, id: string): Promise<readonly PersonRow[]> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), (tx) => findPeople(tx, tenantId, id));
  }

  /** Contacts of several clients; a look at them is audited client by client. */
  async contactsOf(
    principal: Principal,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ContactAnswer[]>> {
    return this.database.within(scopeOf(principal), (tx) => this.contacts.read(tx, principal, ids));
  }

  /** Deals and sums of several clients, by stage. */
  async sums(
    principal: Principal,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StageCount[]>> {
    return this.database.within(scopeOf(principal), (tx) =>
      this.sumsOf(tx, principal.tenantId, ids),
    );
  }

  /** The clients that deals name so, by that name. */
  async byKeys(
    principal: Principal,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, ClientRow>> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      findByKeys(tx, principal.tenantId, keys),
    );
    return new Map(rows.map(({ key, ...row }) => [key, row]));
  }

  /**
   * Stage changes, notes and breaches of all its deals, what became of its leads for those who may see leads, and edits of the
   * client, newest first.
   */
  async history(
    principal: Principal,
    id: string,
    { kind, limit, cursor }: ClientHistoryRequest,
  ): Promise<Page<HistoryRow>> {
    const keys = z.tuple([instantKey, z.enum(HISTORY_KINDS), textKey]);
    const read = cursor === undefined ? null : readCursor(keys, cursor);
    const after = read === null ? null : { at: read[0], kind: read[1], key: read[2] };
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      await this.clients.load(tx, tenantId, id);
      const present = await presentOf(tx, tenantId);
      const kinds = kind === undefined ? HISTORY_KINDS : [kind];
      const seesLeads = principal.scopes.has('leads:read') && kinds.includes('lead');
      const leads = seesLeads ? await findLeadsOfClient(tx, principal, id) : [];
      const wanted = { kinds, present, leads };
      const rows = await findHistory(tx, tenantId, id, wanted, after, limit + 1);
      const page = pageOf(rows, limit, (row) => [row.at, row.kind, row.key]);
      return { ...page, items: await this.readable(tx, principal, id, page.items) };
    });
  }

  /** Notes as the principal may see them, and of who works on leads only the own people of a company. */
  private async readable(
    tx: Transaction,
    principal: Principal,
    id: string,
    rows: readonly HistoryRow[],
  ): Promise<readonly HistoryRow[]> {
    const datas = rows.map(({ detail }) => (detail['data'] ?? {}) as JsonObject);
    const opened = await this.vault.read(tx, principal, datas, { entity: 'client', id });
    const deals = rows.flatMap(({ kind, deal_id }) => (kind === 'note' ? (deal_id ?? []) : []));
    const noteNow = await readNoteChanges(tx, principal.tenantId, [...new Set(deals)]);
    return rows.map((row, index) => {
      if (row.kind === 'lead') return { ...row, detail: leadDetail(principal, row.detail) };
      if (row.kind !== 'note') return row;
      const { source, event_id: eventId } = row.detail;
      const data = opened[index] ?? {};
      const key = { source: String(source), eventId: String(eventId) };
      return { ...row, detail: { ...noteLine(data, noteNow(key, data)) } };
    });
  }

  private async sumsOf(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StageCount[]>> {
    const keys = await this.pipelines.keys(tx, tenantId);
    const rows = await countDeals(tx, tenantId, ids);
    const currencies = rows.map(({ currency }) => currency);
    const convert = await converterOf(tx, tenantId, currencies);
    return new Map(
      [...Map.groupBy(rows, (row) => row.client_id)].map(([id, own]) => [
        id,
        countsByStage(own, keys, convert),
      ]),
    );
  }
}

/** As the history of the lead itself: a company is not told who else works on it. */
function leadDetail(
  { restrictedTo, id }: Principal,
  detail: HistoryRow['detail'],
): HistoryRow['detail'] {
  return restrictedTo === undefined || detail['by'] === id ? detail : { ...detail, by: null };
}
