import { describe, expect, it } from 'vitest';
import { readClaims } from './access-token.ts';

const CLAIMS = {
  type: 'APPLICATION_ACCESS',
  sub: '0b6a3a2c-6a53-4d0e-8f3a-0d9b7a1f2c3d',
  applicationId: '0b6a3a2c-6a53-4d0e-8f3a-0d9b7a1f2c3d',
  workspaceId: '20202020-1c25-4d02-bf25-6aeccf7ea419',
  userId: '20202020-9e3b-46d4-a556-88b9ddc2b034',
  exp: 1_800_000_000,
};
const token = (claims: unknown): string =>
  ['{"alg":"ES256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('readClaims', () => {
  it('reads what a token of an application says', () => {
    expect(readClaims(token({ ...CLAIMS, iat: 1 }))).toEqual(CLAIMS);
  });

  it.each([
    ['a token of a person', { ...CLAIMS, type: 'ACCESS' }],
    ['no application', { ...CLAIMS, applicationId: undefined }],
    ['two applications', { ...CLAIMS, sub: CLAIMS.userId }],
    ['an application that acts for nobody', { ...CLAIMS, userId: undefined }],
    ['no end', { ...CLAIMS, exp: undefined }],
    ['ids that are none', { ...CLAIMS, workspaceId: "' OR 1" }],
    ['no object', null],
  ])('reads nothing of %s', (_what, claims) => {
    expect(readClaims(token(claims))).toBeUndefined();
  });

  it.each(['', 'x', 'a.b', 'a.b.c', 'a.!.c', `${token(CLAIMS)}.d`, token('x'.repeat(5_000))])(
    'reads nothing of what is no token',
    (text) => {
      expect(readClaims(text)).toBeUndefined();
    },
  );
});
