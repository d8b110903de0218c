import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { findLeadSettings } from '../leads/index.ts';
import { ContactVault } from '../persons/index.ts';
import { companyLine, companyView } from './cabinets.dto.ts';
import type { CompanyLine, CompanyView, EditCompany, ListCompanies } from './cabinets.dto.ts';
import { findCompany, listCompanies, saveCompany } from './companies.repository.ts';
import type { CompanyRow, CompanyValues } from './companies.repository.ts';
import { readContact } from './company-contact.ts';
import type { ReadContact } from './company-contact.ts';
import { officeFields } from './company-fields.ts';
import { listedPlaces } from './listed-places.ts';

const cursorKeys = z.tuple([textKey, z.uuid()]);

/** Profiles of outside companies: each its own, the office all. */
@Injectable()
export class CompanyService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  /**
   * Head account of the company that a request is about: one's own, or for the office the one that it names. Throws 404,
   * also for a company of somebody else, and 422 `company_needed`.
   */
  static companyOf({ restrictedTo }: Principal, named: string | undefined): string {
    if (restrictedTo === undefined) {
      if (named === undefined) throw companyNeeded();
      return named;
    }
    if (named !== undefined && named !== restrictedTo) throw notFound('company');
    return restrictedTo;
  }

  /** By name, without anything of a person. */
  async list(
    principal: Principal,
    { limit, cursor, kind, text }: ListCompanies,
  ): Promise<Page<CompanyLine>> {
    const after = cursor === undefined ? undefined : readCursor(cursorKeys, cursor);
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      listCompanies(tx, principal.tenantId, { kind, text, after, limit: limit + 1 }),
    );
    const page = pageOf(rows, limit, (row) => [row.company_name ?? row.name, row.account_id]);
    return { items: page.items.map(companyLine), next: page.next };
  }

  /** A look of the office at telephone and tax number needs `persons:read` and is audited. */
  async read(principal: Principal, named: string | undefined): Promise<CompanyView> {
    const id = CompanyService.companyOf(principal, named);
    return this.database.within(scopeOf(principal), async (tx) => {
      const row = await findCompany(tx, principal.tenantId, id);
      if (row === undefined) throw notFound('company');
      return companyView(row, await this.contactOf(tx, principal, row));
    });
  }

  /** Throws 409 `stale_version`, and 403 `office_only` for what a company may not decide about itself. */
  async edit(
    principal: Principal,
    named: string | undefined,
    { version, ...changes }: EditCompany,
  ): Promise<CompanyView> {
    const { tenantId } = principal;
    const id = CompanyService.companyOf(principal, named);
    refuseOfficeFields(principal, changes);
    return this.database.within(scopeOf(principal), async (tx) => {
      const before = await findCompany(tx, tenantId, id);
      if (before === undefined) throw notFound('company');
      const current = await this.contactOf(tx, principal, before);
      if (before.version !== version)
        throw staleVersion(companyView(before, current), { version, ...changes });
      const { phone, tax_number, ...typed } = changes;
      const lists = await findLeadSettings(tx, tenantId);
      const plain = { ...typed, ...listedPlaces(lists, typed) };
      const contact = await this.sealed(tx, tenantId, before, { phone, tax_number });
      const values = { ...edited(before, plain), contact };
      if (!(await saveCompany(tx, tenantId, id, version, values)))
        throw staleVersion(companyView(before, current), { version, ...changes });
      await Audit.record(tx, principal, 'company.changed', 'account', id, {
        // The audit log refuses names that promise contact data; it is told that something of the person changed.
        changed: Object.keys(plain),
        person_changed: phone !== undefined || tax_number !== undefined,
      });
      const after = await findCompany(tx, tenantId, id);
      if (after === undefined) throw new Error('a company is not visible after its own edit');
      return companyView(after, await this.contactOf(tx, principal, after));
    });
  }

  private async contactOf(
    tx: Transaction,
    principal: Principal,
    { account_id: id, contact }: CompanyRow,
  ): Promise<ReadContact> {
    const [opened = {}] =
      principal.restrictedTo === undefined
        ? await this.vault.read(tx, principal, [contact], { entity: 'account', id })
        : await this.vault.openForOwner(tx, principal.tenantId, [contact]);
    return readContact(opened);
  }

  /** The sealed contact with what changed. What was erased does not come back. */
  private async sealed(
    tx: Transaction,
    tenantId: string,
    { name, email, contact: before }: CompanyRow,
    changes: { readonly phone: string | undefined; readonly tax_number: string | undefined },
  ): Promise<JsonObject> {
    if (changes.phone === undefined && changes.tax_number === undefined) return before;
    const [opened = {}] = await this.vault.openForOwner(tx, tenantId, [before]);
    const { contact: known } = readContact(opened);
    const contact = {
      name,
      email,
      phone: changes.phone ?? known?.phone ?? null,
      tax_number: changes.tax_number ?? known?.tax_number ?? null,
    };
    const [sealed = {}] = await this.vault.seal(tx, tenantId, [{ contact }]);
    return sealed;
  }
}

function edited(
  before: CompanyRow,
  changes: Omit<EditCompany, 'version' | 'phone' | 'tax_number'>,
): Omit<CompanyValues, 'contact'> {
  return {
    company_name: changes.company_name ?? before.company_name ?? before.name,
    legal_form: changes.legal_form ?? before.legal_form,
    cities: changes.cities ?? before.cities,
    niches: changes.niches ?? before.niches,
    grade: changes.grade === undefined ? before.grade : changes.grade,
    lead_capacity:
      changes.lead_capacity === undefined ? before.lead_capacity : changes.lead_capacity,
  };
}

function refuseOfficeFields({ restrictedTo }: Principal, changes: object): void {
  if (restrictedTo === undefined) return;
  const field = Object.keys(officeFields).find((name) => name in changes);
  if (field === undefined) return;
  throw new RefusalError(
    {
      code: 'office_only',
      reason:
        'Cities, niches, grade and capacity say which leads a company gets. The office sets them.',
      field,
    },
    403,
  );
}

function companyNeeded(): RefusalError {
  return new RefusalError({
    code: 'company_needed',
    reason: 'Name a company: the id of its head account. See GET /v1/companies.',
    field: 'company_id',
  });
}
