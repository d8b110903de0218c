import { request } from '../../app/data/request.ts';
import { verifyCode } from '../../app/session/sign-in.ts';

export interface Enrolling {
  /** `otpauth://…`, what the QR code says. */
  readonly uri: string;
  /** The secret as text, for those who cannot scan. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

interface EnableAnswer {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** Begins an enrolment; nothing holds before the first code has been checked. */
export async function beginEnrolment(password: string): Promise<Enrolling> {
  const answer = await request<EnableAnswer>('/v1/auth/two-factor/enable', {
    method: 'POST',
    body: { password },
  });
  return {
    uri: answer.totpURI,
    secret: new URL(answer.totpURI).searchParams.get('secret') ?? '',
    recoveryCodes: answer.backupCodes,
  };
}

export async function confirmEnrolment(code: string): Promise<void> {
  await verifyCode('authenticator', code, false);
}

/** New recovery codes; the old ones end. */
export async function renewRecoveryCodes(password: string): Promise<readonly string[]> {
  const { backupCodes } = await request<Pick<EnableAnswer, 'backupCodes'>>(
    '/v1/auth/two-factor/generate-backup-codes',
    { method: 'POST', body: { password } },
  );
  return backupCodes;
}

export async function endSecondFactor(password: string): Promise<void> {
  await request('/v1/auth/two-factor/disable', { method: 'POST', body: { password } });
}
