import { request } from '../data/request.ts';

interface SignInAnswer {
  readonly twoFactorRedirect?: boolean;
}

/** Authenticator: a number that changes every half minute. Recovery: one of the codes kept for a lost phone. */
export type SecondFactor = 'authenticator' | 'recovery';

const PATHS: Readonly<Record<SecondFactor, string>> = {
  authenticator: '/v1/auth/two-factor/verify-totp',
  recovery: '/v1/auth/two-factor/verify-backup-code',
};

/** Checks a password. `needs-code`: the person has a second factor, which `verifyCode` asks for. */
export async function signIn(email: string, password: string): Promise<'done' | 'needs-code'> {
  const answer = await request<SignInAnswer>('/v1/auth/sign-in/email', {
    method: 'POST',
    body: { email: email.trim(), password },
  });
  return answer.twoFactorRedirect === true ? 'needs-code' : 'done';
}

/** Checks the second factor; with `trustDevice` this browser is not asked for it for 30 days. */
export async function verifyCode(
  factor: SecondFactor,
  code: string,
  trustDevice: boolean,
): Promise<void> {
  const text = factor === 'authenticator' ? code.replaceAll(/\s/g, '') : code.trim();
  await request(PATHS[factor], { method: 'POST', body: { code: text, trustDevice } });
}
