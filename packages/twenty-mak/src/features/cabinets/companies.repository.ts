import type { JsonObject } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { isKnownSql } from '../../platform/records/index.ts';
import { tellOfCompany } from '../accounts/index.ts';
import type { CompanyKind, LegalForm } from './company-fields.ts';

/** A head account with its profile, if it has one. */
export interface CompanyRow {
  readonly account_id: string;
  readonly kind: CompanyKind;
  readonly status: 'invited' | 'active' | 'deactivated';
  /** Name and address of the head. */
  readonly name: string;
  readonly email: string;
  readonly company_name: string | null;
  readonly legal_form: LegalForm | null;
  readonly cities: string[];
  readonly niches: string[];
  readonly grade: string | null;
  readonly lead_capacity: number | null;
  /** `{contact: …}` sealed, or `{}`. */
  readonly contact: JsonObject;
  /** 0 without a profile. */
  readonly version: number;
}

const COLUMNS = `head.id AS account_id, head.role AS kind, head.status, head.name, head.email, profile.company_name,
  profile.legal_form, coalesce(profile.cities, '{}') AS cities, coalesce(profile.niches, '{}') AS niches, profile.grade,
  profile.lead_capacity, coalesce(profile.contact, '{}') AS contact, coalesce(profile.version, 0) AS version`;
const COMPANIES = `account head LEFT JOIN company_profile profile ON profile.account_id = head.id
  WHERE head.tenant_id = $1 AND head.member_of IS NULL AND head.role IN ('partner', 'franchisee')`;

export async function findCompany(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<CompanyRow | undefined> {
  const [row] = await tx.query<CompanyRow>(`SELECT ${COLUMNS} FROM ${COMPANIES} AND head.id = $2`, [
    tenantId,
    id,
  ]);
  return row;
}

export interface CompanyFilter {
  readonly kind: CompanyKind | undefined;
  /** Part of the name. */
  readonly text: string | undefined;
  readonly after: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

/** By name. */
export async function listCompanies(
  tx: Transaction,
  tenantId: string,
  { kind, text, after, limit }: CompanyFilter,
): Promise<CompanyRow[]> {
  const name = 'coalesce(profile.company_name, head.name)';
  return tx.query<CompanyRow>(
    `SELECT ${COLUMNS} FROM ${COMPANIES} AND ($2::text IS NULL OR head.role = $2)
       AND ($3::text IS NULL OR ${name} ILIKE $3) AND ($4::text IS NULL OR (${name}, head.id) > ($4, $5::uuid))
     ORDER BY ${name}, head.id LIMIT $6`,
    [
      tenantId,
      kind ?? null,
      text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  );
}

export type CompanyValues = Pick<
  CompanyRow,
  'legal_form' | 'cities' | 'niches' | 'grade' | 'lead_capacity' | 'contact'
> & { readonly company_name: string };

/** Saves a profile whose version is `version`, 0 for a new one. False when it has another one. */
export async function saveCompany(
  tx: Transaction,
  tenantId: string,
  id: string,
  version: number,
  values: CompanyValues,
): Promise<boolean> {
  const { company_name, legal_form, cities, niches, grade, lead_capacity, contact } = values;
  const row = [tenantId, id, company_name, legal_form, cities, niches, grade, lead_capacity];
  const saved = await (version === 0
    ? tx.execute(
        `INSERT INTO company_profile (tenant_id, account_id, company_name, legal_form, cities, niches, grade, lead_capacity, contact)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [...row, JSON.stringify(contact)],
      )
    : tx.execute(
        `UPDATE company_profile SET company_name = $3, legal_form = $4, cities = $5, niches = $6, grade = $7,
           lead_capacity = $8, contact = $9, version = version + 1, updated_at = now()
         WHERE tenant_id = $1 AND account_id = $2 AND version = $10`,
        [...row, JSON.stringify(contact), version],
      ));
  if (saved > 0) tellOfCompany(tx, tenantId, id);
  return saved > 0;
}

/** A company as other systems may know it. */
export interface CompanyRecordRow {
  readonly id: string;
  /** Whether it is of the kind still. */
  readonly is_of_kind: boolean;
  readonly status: CompanyRow['status'];
  readonly name: string;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly grade: string | null;
}

/** Companies of a kind by id, with those that were of it and that other systems know as such. */
export async function findCompaniesOfKind(
  tx: Transaction,
  tenantId: string,
  kind: CompanyKind,
  ids: readonly string[],
): Promise<CompanyRecordRow[]> {
  return tx.query<CompanyRecordRow>(
    `SELECT head.id, head.role = $2 AS is_of_kind, head.status, coalesce(profile.company_name, head.name) AS name,
       coalesce(profile.cities, '{}') AS cities, coalesce(profile.niches, '{}') AS niches, profile.grade
     FROM account head LEFT JOIN company_profile profile ON profile.account_id = head.id
     WHERE head.tenant_id = $1 AND head.member_of IS NULL AND head.id = ANY ($3::uuid[])
       AND (head.role = $2 OR ${isKnownSql('$2', 'head.id::text')})`,
    [tenantId, kind, ids.filter(isUuid)],
  );
}

/** Ids of companies of a kind in their order, after one of them. */
export async function listCompaniesOfKind(
  tx: Transaction,
  tenantId: string,
  kind: CompanyKind,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM account WHERE tenant_id = $1 AND member_of IS NULL AND role = $2 AND ($3::uuid IS NULL OR id > $3)
     ORDER BY id LIMIT $4`,
    [tenantId, kind, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** What an auction wants to know of a company that bids. */
export interface CompanyBidder {
  readonly isActive: boolean;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly grade: string | null;
  /** How many leads it may be handed at a time; null without a limit. */
  readonly capacity: number | null;
}

interface BidderRow {
  readonly id: string;
  readonly is_active: boolean;
  readonly cities: string[];
  readonly niches: string[];
  readonly grade: string | null;
  readonly capacity: number | null;
}

/** Companies by head account, as far as the transaction may see them. Accounts that are none are left out. */
export async function bidderProfiles(
  tx: Transaction,
  tenantId: string,
  accountIds: readonly string[],
): Promise<Map<string, CompanyBidder>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.query<BidderRow>(
    `SELECT head.id, head.status = 'active' AS is_active, coalesce(profile.cities, '{}') AS cities,
       coalesce(profile.niches, '{}') AS niches, profile.grade, profile.lead_capacity AS capacity
     FROM ${COMPANIES} AND head.id = ANY ($2::uuid[])`,
    [tenantId, plainArray(accountIds)],
    'company.bidders',
  );
  return new Map(rows.map(({ id, is_active: isActive, ...rest }) => [id, { isActive, ...rest }]));
}
