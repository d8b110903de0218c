import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { CreateProfile, ReplaceProfile } from './imports.dto.ts';
import {
  deleteProfile,
  findProfile,
  insertProfile,
  listProfiles,
  updateProfile,
} from './import-profiles.repository.ts';
import type { ProfileRow } from './import-profiles.repository.ts';
import type { ImportTargetName } from './import-targets.ts';

/** Saved mappings of columns, of the head office or of one company. */
@Injectable()
export class ImportProfilesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list(principal: Principal, target: ImportTargetName): Promise<ProfileRow[]> {
    return this.within(principal, (tx) => listProfiles(tx, principal.tenantId, target));
  }

  /** A new profile. Refuses with `name_taken`. */
  create(
    principal: Principal,
    target: ImportTargetName,
    { name, profile }: CreateProfile,
  ): Promise<ProfileRow> {
    const { tenantId, restrictedTo = null } = principal;
    return this.within(principal, async (tx) => {
      const id = uuidv7();
      const row = await insertProfile(tx, tenantId, target, {
        ...{ id, name, profile },
        companyId: restrictedTo,
      });
      if (row === undefined) throw nameTaken(name);
      await note(tx, principal, target, 'created', id);
      return row;
    });
  }

  /** Another content for a profile. Refuses with `stale_version` and `name_taken`. */
  replace(
    principal: Principal,
    target: ImportTargetName,
    id: string,
    { name, profile, version }: ReplaceProfile,
  ): Promise<ProfileRow> {
    const { tenantId } = principal;
    return this.within(principal, async (tx) => {
      const before = await findProfile(tx, tenantId, target, id);
      if (before === undefined) throw notFound('profile');
      if (before.version !== version) throw staleVersion(before, { name, profile, version });
      const row = await updateProfile(tx, tenantId, { id, name, profile, version });
      if (row === undefined) throw nameTaken(name);
      await note(tx, principal, target, 'changed', id);
      return row;
    });
  }

  delete(principal: Principal, target: ImportTargetName, id: string): Promise<void> {
    return this.within(principal, async (tx) => {
      if (!(await deleteProfile(tx, principal.tenantId, target, id))) throw notFound('profile');
      await note(tx, principal, target, 'deleted', id);
    });
  }

  private within<T>(
    { tenantId, restrictedTo }: Principal,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.database.within({ tenantId, restrictedTo }, work);
  }
}

/** One entry of the audit log. */
function note(
  tx: Transaction,
  principal: Principal,
  target: ImportTargetName,
  what: 'created' | 'changed' | 'deleted',
  id: string,
): Promise<void> {
  const entity = `${target}_import_profile` as const;
  return Audit.record(tx, principal, `${entity}.${what}`, entity, id);
}

function nameTaken(name: string): RefusalError {
  return new RefusalError(
    { code: 'name_taken', reason: `There is a profile ${name} already.`, field: 'name' },
    409,
  );
}
