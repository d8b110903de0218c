import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { PASSWORD_LENGTH, ROLES } from '../../platform/auth/index.ts';
import { limitField, localeField, textField } from '../../platform/validation/index.ts';
import type { AccountRow } from './accounts.repository.ts';

export const emailField = z
  .email('must be an e-mail address')
  .max(254)
  .transform((text) => text.toLowerCase());

export const passwordField = z
  .string()
  .min(PASSWORD_LENGTH.min, `must have at least ${PASSWORD_LENGTH.min} characters`)
  .max(PASSWORD_LENGTH.max);

export const STATUSES = ['invited', 'active', 'deactivated'] as const;

export const inviteAccountSchema = z.strictObject({
  email: emailField,
  name: textField(200),
  role: z.enum(ROLES),
  locale: localeField.default('en'),
});
export type InviteAccount = z.output<typeof inviteAccountSchema>;

/** What the operator may do besides: give a first password, which an admin may not know. */
export const newAccountSchema = inviteAccountSchema.extend({ password: passwordField.optional() });
export type NewAccount = z.output<typeof newAccountSchema>;

export const editAccountSchema = z.strictObject({
  version: z.number().int().min(1),
  name: textField(200).optional(),
  role: z.enum(ROLES).optional(),
  locale: localeField.optional(),
  status: z.enum(['active', 'deactivated']).optional(),
});
export type EditAccount = z.output<typeof editAccountSchema>;

/** What people change of their own account. */
export const editMeSchema = editAccountSchema.pick({ name: true, locale: true });
export type EditMe = z.output<typeof editMeSchema>;

export const listAccountsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
  text: textField(200).optional(),
  role: z.enum(ROLES).optional(),
  status: z.enum(STATUSES).optional(),
});
export type ListAccounts = z.output<typeof listAccountsSchema>;

export const acceptInvitationSchema = z.strictObject({
  token: z.string().min(1).max(200),
  /** For people who have no account anywhere yet; the others must be signed in. */
  password: passwordField.optional(),
});
export type AcceptInvitation = z.output<typeof acceptInvitationSchema>;

export const accountSchema = z.object({
  id: z.uuid(),
  /** Only for those who manage accounts. */
  email: z.string().optional(),
  name: z.string(),
  role: z.enum(ROLES),
  member_of: z
    .uuid()
    .nullable()
    .describe('Head account of the company that this one is of the staff of.'),
  locale: localeField,
  status: z.enum(STATUSES),
  version: z.number().int(),
  created_at: z.iso.datetime(),
});
export type AccountView = z.output<typeof accountSchema>;

export const invitedAccountSchema = z.object({
  account: accountSchema,
  /** To be handed to the person; the token is shown this once. Null when the account is active already. */
  invitation: z.object({ token: z.string(), expires_at: z.iso.datetime() }).nullable(),
});
export type InvitedAccount = z.output<typeof invitedAccountSchema>;

export const accountPageSchema = z.object({
  items: z.array(accountSchema),
  next: z.string().nullable(),
});

/** An account as the API shows it. */
export function accountView(row: AccountRow, withEmail: boolean): AccountView {
  const { id, email, name, role, member_of, locale, status, version, created_at } = row;
  return {
    id,
    ...(withEmail ? { email } : {}),
    name,
    role,
    member_of,
    locale,
    status,
    version,
    created_at: formatInstant(created_at),
  };
}
