import { createOTP } from '@better-auth/utils/otp';
import type { TestApp } from './app.ts';

/** A person who signs in over HTTP as a program does: with the session token as a bearer token. */
export interface TestPerson {
  readonly email: string;
  readonly password: string;
  /** Bearer token of the session. */
  readonly token: string;
}

interface SignInBody {
  readonly twoFactorRedirect?: boolean;
  readonly tenants?: readonly { readonly tenant: string; readonly totp_required: boolean }[];
}

export const PASSWORD = 'correct horse battery';

export const signInCall = (mak: TestApp, email: string, password: string) =>
  mak.call<SignInBody>('/v1/auth/sign-in/email', { body: { email, password } });

/** Signs in somebody without a second factor. */
export async function signIn(
  mak: TestApp,
  email: string,
  password = PASSWORD,
): Promise<TestPerson> {
  const answer = await signInCall(mak, email, password);
  const token = answer.headers.get('set-auth-token');
  if (token === null)
    throw new Error(`no session: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { email, password, token };
}

/** Gives a signed-in person a second factor and a new session; codes come from the returned function. */
export async function enrolTotp(
  mak: TestApp,
  { token, password }: TestPerson,
): Promise<{ token: string; code: () => Promise<string>; backupCodes: string[] }> {
  const enabled = await mak.call<{ totpURI: string; backupCodes: string[] }>(
    '/v1/auth/two-factor/enable',
    { key: token, body: { password, method: 'totp' } },
  );
  if (enabled.status !== 200) throw new Error(`no TOTP: ${JSON.stringify(enabled.body)}`);
  const secret = new URL(enabled.body.totpURI).searchParams.get('secret') ?? '';
  const code = (): Promise<string> => createOTP(fromBase32(secret)).totp();
  const verified = await mak.call('/v1/auth/two-factor/verify-totp', {
    key: token,
    body: { code: await code() },
  });
  if (verified.status !== 200) throw new Error(`not verified: ${JSON.stringify(verified.body)}`);
  const renewed = verified.headers.get('set-auth-token') ?? '';
  return { token: renewed, code, backupCodes: enabled.body.backupCodes };
}

/** An admin of a tenant who has a second factor, and so may do everything an admin may. */
export async function adminOf(mak: TestApp, email: string): Promise<TestPerson> {
  const person = await signIn(mak, email);
  const { token } = await enrolTotp(mak, person);
  return { ...person, token };
}

function fromBase32(text: string): string {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))).toString();
}
