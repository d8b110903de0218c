import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { CreateProfile, ReplaceProfile } from './lead-imports.dto.ts';
import {
  deleteProfile,
  findProfile,
  insertProfile,
  listProfiles,
  updateProfile,
} from './lead-imports.repository.ts';
import type { ProfileRow } from './lead-imports.repository.ts';

/** Saved mappings of columns, of the head office or of one company. */
@Injectable()
export class LeadImportProfilesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list(principal: Principal): Promise<ProfileRow[]> {
    return this.within(principal, (tx) => listProfiles(tx, principal.tenantId));
  }

  /** A new profile. Refuses with `name_taken`. */
  create(principal: Principal, { name, profile }: CreateProfile): Promise<ProfileRow> {
    const { tenantId, restrictedTo = null } = principal;
    return this.within(principal, async (tx) => {
      const id = uuidv7();
      const row = await insertProfile(tx, tenantId, { id, name, profile, companyId: restrictedTo });
      if (row === undefined) throw nameTaken(name);
      await Audit.record(tx, principal, 'lead_import_profile.created', 'lead_import_profile', id);
      return row;
    });
  }

  /** Another content for a profile. Refuses with `stale_version` and `name_taken`. */
  replace(
    principal: Principal,
    id: string,
    { name, profile, version }: ReplaceProfile,
  ): Promise<ProfileRow> {
    const { tenantId } = principal;
    return this.within(principal, async (tx) => {
      const before = await findProfile(tx, tenantId, id);
      if (before === undefined) throw notFound('profile');
      if (before.version !== version) throw staleVersion(before, { name, profile, version });
      const row = await updateProfile(tx, tenantId, { id, name, profile, version });
      if (row === undefined) throw nameTaken(name);
      await Audit.record(tx, principal, 'lead_import_profile.changed', 'lead_import_profile', id);
      return row;
    });
  }

  delete(principal: Principal, id: string): Promise<void> {
    return this.within(principal, async (tx) => {
      if (!(await deleteProfile(tx, principal.tenantId, id))) throw notFound('profile');
      await Audit.record(tx, principal, 'lead_import_profile.deleted', 'lead_import_profile', id);
    });
  }

  private within<T>(
    { tenantId, restrictedTo }: Principal,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.database.within({ tenantId, restrictedTo }, work);
  }
}

function nameTaken(name: string): RefusalError {
  return new RefusalError(
    { code: 'name_taken', reason: `There is a profile ${name} already.`, field: 'name' },
    409,
  );
}
