import { Inject, Injectable } from '@nestjs/common';
import type { Values } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { ProvidesRecords, RecordFeed } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  WriteRefusal,
  Written,
} from '../../platform/records/index.ts';
import { findAccountByEmail } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { findMergedClients } from './client-merge.repository.ts';
import { companyTwin, findCompanies, listCompanies, uuidsOf } from './client-records.repository.ts';
import type { CompanyRow } from './client-records.repository.ts';
import { findClient, insertClient, saveKeys, updateClient } from './clients.repository.ts';
import { applyEdit, changedFields, NEW_CLIENT } from './edit-client.ts';

type Answer = Written<string, number>;
type Edit = Parameters<typeof applyEdit>[1];

const LONGEST_NAME = 500;
const MERGED: WriteRefusal = {
  code: 'client_merged',
  reason: 'The company was merged into another one in MaK. Merge the two in the other system too.',
  field: null,
};

/** Clients that are companies, for other systems. */
@Injectable()
@ProvidesRecords({ entity: 'company' })
export class CompanyRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const rows = await this.database.within({ tenantId }, (tx) => findCompanies(tx, tenantId, ids));
    return new Map(rows.map((row) => [row.id, recordOf(row)]));
  }

  /** Those that deals name; others go out when a deal comes to name them. */
  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listCompanies(tx, tenantId, after, limit));
  }

  /** A company that was merged is not made anew because another system still knows it. */
  async gone(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>> {
    const merged = await this.database.within({ tenantId }, (tx) =>
      findMergedClients(tx, tenantId, uuidsOf(ids)),
    );
    return new Map(merged.map((id) => [id, MERGED]));
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Answer[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const answers: Answer[] = [];
      for (const change of changes) answers.push(await this.one(tx, tenantId, author, change));
      return answers;
    });
  }

  private async one(
    tx: Transaction,
    tenantId: string,
    author: string,
    { localId, values, version }: MakChange,
  ): Promise<Answer> {
    const { name, owner } = values;
    if (('name' in values || localId === null) && (typeof name !== 'string' || name.trim() === ''))
      return refused('name_required', 'A company has a name; write one.', 'name');
    if (typeof name === 'string' && name.length > LONGEST_NAME)
      return refused('name_too_long', `A name has at most ${LONGEST_NAME} characters.`, 'name');
    const account =
      typeof owner === 'string' ? await findAccountByEmail(tx, tenantId, owner) : undefined;
    // A company comes without an owner whom MaK does not know; one that is here already keeps its own.
    if (typeof owner === 'string' && account === undefined && localId !== null)
      return refused(
        'unknown_owner',
        'No account has the e-mail address of this person. Invite the person.',
        'owner',
      );
    const edit: Edit = {
      ...(typeof name === 'string' ? { name } : {}),
      ...('domain' in values ? { attributes: { domain: domainOf(values['domain']) } } : {}),
      ...(owner === null || account !== undefined ? { owner_id: account?.id ?? null } : {}),
    };
    const known =
      localId ??
      (await companyTwin(tx, tenantId, author, String(name), domainOf(values['domain'])));
    const id =
      known === null
        ? await this.insert(tx, tenantId, author, edit)
        : await this.update(tx, tenantId, author, known, edit, localId === null ? null : version);
    if (id === null) return { kind: 'moved' };
    // Its id has to reach the other system, and what it had already.
    if (localId === null)
      this.feed.changedFor(tx, tenantId, author, 'company', [
        { id, urgency: 'system', fields: [] },
      ]);
    this.feed.changedWhereKnown(tx, tenantId, 'company', [{ id, urgency: 'system', fields: [] }]);
    const [row] = await findCompanies(tx, tenantId, [id]);
    return row === undefined ? { kind: 'moved' } : { kind: 'written', id, ...recordOf(row) };
  }

  private async insert(
    tx: Transaction,
    tenantId: string,
    author: string,
    edit: Edit,
  ): Promise<string> {
    const id = newId();
    await insertClient(tx, tenantId, id, applyEdit({ ...NEW_CLIENT, source: author }, edit));
    await saveKeys(tx, tenantId, id, [id], []);
    await Audit.recordFor(tx, tenantId, actor(author), 'client.created', 'client', id);
    return id;
  }

  /** Null when the company went on, or is gone. A version of null takes it as it is. */
  private async update(
    tx: Transaction,
    tenantId: string,
    author: string,
    id: string,
    edit: Edit,
    version: number | null,
  ): Promise<string | null> {
    const before = await findClient(tx, tenantId, id, true);
    if (before === undefined || (version !== null && before.version !== version)) return null;
    const fields = applyEdit(before, edit);
    const changed = changedFields(before, fields);
    if (changed.length === 0) return id;
    await updateClient(tx, tenantId, id, fields);
    await Audit.recordFor(tx, tenantId, actor(author), 'client.edited', 'client', id, {
      fields: changed,
    });
    return id;
  }
}

/** Who did it, for the audit log. */
export function actor(author: string): { readonly kind: 'system'; readonly id: string } {
  return { kind: 'system', id: `connector:${author}` };
}

export function refused(code: string, reason: string, field: string | null): Answer {
  const refusal: WriteRefusal = { code, reason, field };
  return { kind: 'refused', refusal };
}

function recordOf({ id, name, attributes, owner, version }: CompanyRow): MakRecord {
  const values: Values = { id, name, domain: domainOf(attributes['domain']), owner };
  return { values, version };
}

/** The name of a host in lower case, of an address of any form; null for what names none. */
function domainOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const host =
    value
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .split(/[/?#:]/, 1)[0] ?? '';
  return /^[^\s.]+(\.[^\s.]+)+$/.test(host) ? host : null;
}
