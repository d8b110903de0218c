import { accept, refuse } from 'twenty-mak-domain';
import type { Decision } from 'twenty-mak-domain';
import { isCompanyRole } from '../../platform/auth/index.ts';
import type { EditAccount } from './accounts.dto.ts';
import type { AccountRow } from './accounts.repository.ts';

/** What an edit depends on besides the account. */
export interface Around {
  /** Number of other active admins. */
  readonly otherAdmins: number;
  /** Whether it is the head of a company with further people. */
  readonly hasStaff: boolean;
  /** Whether it has a wallet or leads, which nobody could reach if it were no company. */
  readonly hasBusiness: boolean;
}

/**
 * The account after an edit. Staff keep the role of their head, and who has staff stays a partner or a franchisee.
 * Refuses to leave a tenant without an admin and to activate somebody who has not accepted the invitation. Who never
 * had a password here and is let in again is invited again, or comes from twenty.
 */
export function editAccount(
  before: AccountRow,
  { version, ...changes }: EditAccount,
  { otherAdmins, hasStaff, hasBusiness }: Around,
): Decision<AccountRow> {
  const returns = before.user_id === null && before.status === 'deactivated';
  const after: AccountRow = {
    ...before,
    name: changes.name ?? before.name,
    role: changes.role ?? before.role,
    locale: changes.locale ?? before.locale,
    status: returns && changes.status === 'active' ? 'invited' : (changes.status ?? before.status),
    version,
  };
  if (changes.status === 'active' && before.status === 'invited') {
    return refuse(
      'not_accepted',
      'This person has not accepted the invitation yet. Send a new one if it was lost.',
      'status',
    );
  }
  if (before.member_of !== null && after.role !== before.role) {
    return refuse(
      'company_role',
      'This person is of the staff of a company and has the role of its head account.',
      'role',
    );
  }
  if (hasStaff && !isCompanyRole(after.role)) {
    return refuse(
      'company_has_staff',
      'This is the head account of a company with staff. Deactivate its staff first.',
      'role',
    );
  }
  if (hasBusiness && isCompanyRole(before.role) && !isCompanyRole(after.role)) {
    return refuse(
      'company_has_business',
      'This is a company with a wallet or leads. Deactivate it, and invite the person by another address.',
      'role',
    );
  }
  const isAdmin = ({ role, status, user_id: person }: AccountRow): boolean =>
    role === 'admin' && status === 'active' && person !== null;
  if (isAdmin(before) && !isAdmin(after) && otherAdmins === 0) {
    return refuse(
      'last_admin',
      'This is the last admin of the tenant. Make somebody else an admin first.',
      changes.status === 'deactivated' ? 'status' : 'role',
    );
  }
  return accept(after);
}
