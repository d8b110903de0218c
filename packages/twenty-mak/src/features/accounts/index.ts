export {
  accountSchema,
  accountView,
  emailField,
  invitedAccountSchema,
  newAccountSchema,
  passwordField,
} from './accounts.dto.ts';
export type { AccountView, InvitedAccount } from './accounts.dto.ts';
export { AccountEntity } from './accounts.entity.ts';
export {
  AccountModel,
  accountModel,
  InvitationModel,
  InvitedAccountModel,
  invitedModel,
  PersonModel,
} from './accounts.model.ts';
export { AccountsModule } from './accounts.module.ts';
export {
  accountNames,
  accountsByEmail,
  admitInvited,
  findAccount,
  findAccountByEmail,
  insertAccount,
} from './accounts.repository.ts';
export { tellOfCompany } from './company-feed.ts';
export { peopleOfCompany } from './staff.repository.ts';
export type { AccountRow } from './accounts.repository.ts';
export { AccountsService } from './accounts.service.ts';
export { InvitationsService } from './invitations.service.ts';
