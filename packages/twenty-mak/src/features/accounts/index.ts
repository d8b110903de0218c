export {
  emailField,
  invitedAccountSchema,
  newAccountSchema,
  passwordField,
} from './accounts.dto.ts';
export type { InvitedAccount } from './accounts.dto.ts';
export { AccountEntity } from './accounts.entity.ts';
export { AccountsModule } from './accounts.module.ts';
export { InvitationsService } from './invitations.service.ts';
