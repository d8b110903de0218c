import type { People } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { localeField } from '../../platform/validation/index.ts';
import { admitInvited, findAccount, findAccountByEmail, insertAccount } from '../accounts/index.ts';
import type { AccountRow } from '../accounts/index.ts';
import { findTenant } from '../tenants/index.ts';
import type { TwentyUser } from './ask-twenty.ts';
import type { SignInRefusal } from './refusals.ts';
import { bindUser, findBoundAccount, findWorkspace } from './twenty-sign-in.repository.ts';
import type { WorkspaceRow } from './twenty-sign-in.repository.ts';

/** How an account was found: bound at an earlier sign-in, bound now by its e-mail address, or made now. */
type Found = 'bound' | 'by_address' | 'created';

/** Whose account it is, and whether its person may come in. */
export type Admission =
  | { readonly kind: 'admitted'; readonly account: AccountRow; readonly found: Found }
  | {
      readonly kind: 'refused';
      readonly code: SignInRefusal;
      /** The account that was asked for, where there is one. */
      readonly account?: AccountRow;
    };

/**
 * The account of a person whom the tenant's twenty vouched for. A user of the workspace keeps the account that was
 * found first, whatever the e-mail address becomes; the address counts only the first time.
 */
export async function admit(
  transaction: Transaction,
  people: People,
  workspace: WorkspaceRow,
  user: TwentyUser,
): Promise<Admission> {
  const { tenant_id: tenantId, workspace_id: workspaceId } = workspace;
  const bound = await findBoundAccount(transaction, tenantId, workspaceId, user.id);
  if (bound !== undefined) return letIn(transaction, people, tenantId, bound);

  // First sights come one after the other, so that two at once make one account.
  const current = await findWorkspace(transaction, tenantId, 'FOR UPDATE');
  if (current?.enabled !== true || current.version !== workspace.version) {
    return { kind: 'refused', code: 'twenty_settings_changed' };
  }
  const meanwhile = await findBoundAccount(transaction, tenantId, workspaceId, user.id);
  if (meanwhile !== undefined) return letIn(transaction, people, tenantId, meanwhile);

  const known = await findAccountByEmail(transaction, tenantId, user.email);
  if (known === undefined) {
    const account = await create(transaction, workspace, user);
    await bindUser(transaction, tenantId, workspaceId, user.id, account.id);
    return { kind: 'admitted', account, found: 'created' };
  }
  const refusal = await refusalOf(transaction, people, known);
  if (refusal !== undefined) return { kind: 'refused', code: refusal, account: known };
  if (!(await bindUser(transaction, tenantId, workspaceId, user.id, known.id))) {
    return { kind: 'refused', code: 'twenty_account_bound', account: known };
  }
  await admitInvited(transaction, tenantId, known.id);
  return { kind: 'admitted', account: known, found: 'by_address' };
}

async function letIn(
  transaction: Transaction,
  people: People,
  tenantId: string,
  accountId: string,
): Promise<Admission> {
  const account = await findAccount(transaction, tenantId, accountId);
  if (account === undefined) throw new Error('a binding outlived its account');
  const code = await refusalOf(transaction, people, account);
  if (code !== undefined) return { kind: 'refused', code, account };
  // Somebody was let in again who never had a password here.
  await admitInvited(transaction, tenantId, accountId);
  return { kind: 'admitted', account, found: 'bound' };
}

async function refusalOf(
  transaction: Transaction,
  people: People,
  { status, role, user_id: person }: AccountRow,
): Promise<SignInRefusal | undefined> {
  if (status === 'deactivated') return 'account_deactivated';
  if (role !== 'admin') return undefined;
  const hasTotp = person !== null && (await people.hasTotp(transaction, person));
  return hasTotp ? undefined : 'twenty_admin_needs_totp';
}

/** Without a password: this person comes from twenty, or accepts an invitation of an admin later. */
async function create(
  transaction: Transaction,
  { tenant_id: tenantId, newcomer_role: role }: WorkspaceRow,
  { email, name, locale }: TwentyUser,
): Promise<AccountRow> {
  const tenant = await findTenant(transaction, tenantId);
  const language = localeField.safeParse(locale?.slice(0, 2)).data ?? tenant?.locale ?? 'en';
  const account = await insertAccount(transaction, tenantId, {
    user_id: null,
    email,
    name,
    role,
    locale: language,
    status: 'active',
  });
  if (account === undefined) throw new Error('the address was taken in spite of the lock');
  return account;
}
