import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import { tableFile } from '../../platform/tables/index.ts';
import type { CellValue, MadeFile } from '../../platform/tables/index.ts';
import { accountNames } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { ClientContacts } from './client-contacts.ts';
import type { ClientExportQuery } from './client-export.dto.ts';
import type { ContactAnswer, ListClients } from './clients.dto.ts';
import type { ClientRow } from './clients.repository.ts';
import { ClientsService } from './clients.service.ts';

/** Clients of one page; some megabytes at most, however large the export is. */
const PAGE = 1_000;

const COLUMNS = [
  ...['id', 'kind', 'name', 'industry', 'size', 'budget_band', 'client_type', 'source', 'segments'],
  ...['key_account', 'owner', 'external_ids', 'attributes', 'contact_name', 'contact_position'],
  ...['contact_email', 'contact_phone', 'other_contacts', 'contact', 'archived', 'created_at'],
  'updated_at',
] as const;
type Row = readonly CellValue[];

/** Clients as a file: those that the principal sees, and people at them only for who may see contacts. */
@Injectable()
export class ClientExportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(ClientContacts) private readonly contacts: ClientContacts,
  ) {}

  /** Begins an export and notes it in the audit log; who is in it is audited page by page. Refuses as the list of clients does. */
  async begin(principal: Principal, query: ClientExportQuery): Promise<MadeFile> {
    if (!principal.scopes.has('deals:read'))
      throw forbidden('Clients are read by who may read deals: the permission deals:read.');
    const { format, encoding, separator, ...filter } = query;
    await this.database.within(scopeOf(principal), (tx) =>
      Audit.record(tx, principal, 'clients.exported', 'client', null, {
        format,
        fields: Object.keys(filter).filter((name) => Reflect.get(filter, name) !== undefined),
      }),
    );
    const rows = this.rows(principal, { ...filter, sort: 'created_at', limit: PAGE });
    return tableFile({ name: 'clients', sheet: 'Clients' }, rows, { format, encoding, separator });
  }

  private async *rows(principal: Principal, request: ListClients): AsyncGenerator<readonly Row[]> {
    let cursor: string | null | undefined = undefined;
    let head: readonly Row[] = [COLUMNS];
    while (cursor !== null) {
      const { items, next }: { items: readonly ClientRow[]; next: string | null } =
        await this.clients.list(principal, { ...request, cursor });
      const [contacts, owners] = await this.database.within(scopeOf(principal), async (tx) => [
        await this.contacts.readMany(
          tx,
          principal,
          items.map(({ id }) => id),
        ),
        await accountNames(
          tx,
          principal.tenantId,
          items.flatMap(({ owner_id: owner }) => owner ?? []),
        ),
      ]);
      yield [...head, ...items.map((row) => rowOf(row, contacts.get(row.id) ?? [], owners))];
      head = [];
      cursor = next;
    }
  }
}

function rowOf(
  row: ClientRow,
  [main, ...others]: readonly ContactAnswer[],
  owners: ReadonlyMap<string, string>,
): Row {
  const { archived_at: archived, attributes } = row;
  const open = others.filter(({ state }) => state === 'open');
  const values: Record<(typeof COLUMNS)[number], CellValue> = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    industry: row.industry,
    size: row.size,
    budget_band: row.budget_band,
    client_type: row.client_type,
    source: row.source,
    segments: row.segments.join('; '),
    key_account: row.key_account ? 'yes' : 'no',
    owner: owners.get(row.owner_id ?? '') ?? null,
    external_ids: row.external_refs.map(({ system, id }) => `${system}:${id}`).join('; '),
    attributes: Object.keys(attributes).length === 0 ? null : JSON.stringify(attributes),
    contact_name: main?.name ?? null,
    contact_position: main?.position ?? null,
    contact_email: main?.email ?? null,
    contact_phone: main?.phone ?? null,
    other_contacts: open.length === 0 ? null : JSON.stringify(open.map(detailsOf)),
    contact: main?.state ?? null,
    archived: archived === null ? null : formatInstant(archived),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
  return COLUMNS.map((column) => values[column]);
}

function detailsOf({ id: _id, state: _state, ...details }: ContactAnswer): object {
  return details;
}
