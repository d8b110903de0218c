import { RefusalError } from '../../platform/errors/index.ts';

/** Every way to be turned away that a person on a page of twenty may see, with what to do. */
export type SignInRefusal =
  | 'account_deactivated'
  | 'twenty_account_bound'
  | 'twenty_admin_needs_totp'
  | 'twenty_other_application'
  | 'twenty_other_workspace'
  | 'twenty_settings_changed'
  | 'twenty_sign_in_off'
  | 'twenty_token_missing'
  | 'twenty_token_refused';

const REFUSALS: Readonly<Record<SignInRefusal, readonly [status: number, reason: string]>> = {
  account_deactivated: [
    403,
    'Your account in MaK is deactivated. Ask an admin of MaK to activate it.',
  ],
  twenty_account_bound: [
    403,
    'The account with your e-mail address belongs to another user of twenty. Ask an admin of MaK to release it under Settings, twenty.',
  ],
  twenty_admin_needs_totp: [
    403,
    'Admins need a second factor. Sign in to MaK itself once and set it up, then open this page again.',
  ],
  twenty_other_application: [
    403,
    'This page belongs to another installation of the application. Ask an admin of MaK to compare the application id under Settings, twenty.',
  ],
  twenty_other_workspace: [
    403,
    'This page belongs to another workspace. Ask an admin of MaK to compare the workspace id under Settings, twenty.',
  ],
  twenty_settings_changed: [
    409,
    'An admin changed the settings in this very moment. Open the page again.',
  ],
  twenty_sign_in_off: [
    403,
    'Signing in from twenty is not set up. Ask an admin of MaK to do it under Settings, twenty, and compare the key of the tenant.',
  ],
  twenty_token_missing: [
    401,
    'Send the access token of the application as a bearer token in the header Authorization.',
  ],
  twenty_token_refused: [
    401,
    'twenty does not accept this access token any more. Reload the page; if it stays, sign in to twenty again.',
  ],
};

export function signInRefused(code: SignInRefusal): RefusalError {
  const [status, reason] = REFUSALS[code];
  return new RefusalError({ code, reason }, status);
}

export function twentyUnreachable(why: string): RefusalError {
  const reason = `MaK cannot ask your twenty who you are. Try again; if it stays, ask an admin of MaK to check the address. ${why}`;
  return new RefusalError({ code: 'twenty_unreachable', reason }, 502);
}
