import { request } from '../data/request.ts';

interface SignInAnswer {
  readonly twoFactorRedirect?: boolean;
}

/** Checks a password. `needs-code`: the person has a second factor, which `verifyCode` asks for. */
export async function signIn(email: string, password: string): Promise<'done' | 'needs-code'> {
  const answer = await request<SignInAnswer>('/v1/auth/sign-in/email', {
    method: 'POST',
    body: { email, password },
  });
  return answer.twoFactorRedirect === true ? 'needs-code' : 'done';
}

/** Checks a code of the authenticator. */
export async function verifyCode(code: string, trustDevice = false): Promise<'done'> {
  await request('/v1/auth/two-factor/verify-totp', {
    method: 'POST',
    body: { code: code.replaceAll(/\s/g, ''), trustDevice },
  });
  return 'done';
}
