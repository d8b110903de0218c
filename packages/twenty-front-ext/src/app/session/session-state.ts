import type { Problem } from '../data/problem.ts';
import type { Credential, Membership, Session, SignedIn } from './session.ts';

export type SessionState =
  | { readonly kind: 'checking' }
  /** Embedded: there was no one-time code, or it was wrong, used or too old. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable'; readonly problem: Problem }
  /** Signed in, but without an account anywhere. */
  | { readonly kind: 'no-tenant'; readonly user: SignedIn }
  /** Signed in, but the tenant asks for a second factor that has yet to be set up. */
  | { readonly kind: 'needs-totp'; readonly session: Session }
  /** `expired`: the server does not know the session any more; the page is kept until the person is back. */
  | { readonly kind: 'signed-in'; readonly session: Session; readonly expired: boolean };

/**
 * What follows when the server has said who is signed in. A person who signs in again in the middle of an edit stays in
 * the same company, so that the page stays as it is.
 */
export function settle(
  before: SessionState,
  credential: Credential,
  user: SignedIn,
  preferredTenant: string | null,
): SessionState {
  const tenantId =
    before.kind === 'signed-in' && before.session.user.id === user.id
      ? before.session.membership.tenant_id
      : preferredTenant;
  const membership = chooseMembership(user.tenants, tenantId);
  if (membership === null) return { kind: 'no-tenant', user };
  const session: Session = { credential, user, membership };
  if (membership.totp_required) return { kind: 'needs-totp', session };
  return { kind: 'signed-in', session, expired: false };
}

/** What follows when the server could not say it. An open page is never taken away by a failure. */
export function fail(before: SessionState, problem: Problem): SessionState {
  if (before.kind === 'signed-in') {
    const ended = problem.status === 401 && problem.code !== 'invalid_embed_code';
    return ended ? { ...before, expired: true } : before;
  }
  return problem.status === 401 ? { kind: 'signed-out' } : { kind: 'unreachable', problem };
}

/** The same person in another company. */
export function inTenant(before: SessionState, tenantId: string): SessionState {
  if (before.kind !== 'signed-in' && before.kind !== 'needs-totp') return before;
  const { credential, user } = before.session;
  return settle({ kind: 'checking' }, credential, user, tenantId);
}

function chooseMembership(
  tenants: readonly Membership[],
  preferred: string | null,
): Membership | null {
  return tenants.find(({ tenant_id: id }) => id === preferred) ?? tenants[0] ?? null;
}
