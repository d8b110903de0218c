export {
  accountSchema,
  accountView,
  emailField,
  invitedAccountSchema,
  newAccountSchema,
  passwordField,
} from './accounts.dto.ts';
export type { InvitedAccount } from './accounts.dto.ts';
export { AccountEntity } from './accounts.entity.ts';
export { PersonModel } from './accounts.model.ts';
export { AccountsModule } from './accounts.module.ts';
export {
  accountNames,
  accountsByEmail,
  admitInvited,
  findAccount,
  findAccountByEmail,
  insertAccount,
} from './accounts.repository.ts';
export type { AccountRow } from './accounts.repository.ts';
export { InvitationsService } from './invitations.service.ts';
