import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export interface SimulatedUser {
  readonly id: string;
  email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
  /** Workspaces that this user is a member of; who is removed from one is taken out here. */
  readonly workspaces: Set<string>;
}

/** What stands in an access token; left out, it is what a front component gets. */
export interface TokenClaims {
  readonly type: string;
  readonly sub: string;
  readonly applicationId: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly userWorkspaceId: string;
  /** Seconds. */
  readonly iat: number;
  readonly exp: number;
}

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
}

/** How long an access token of an application lasts, in seconds. */
const TOKEN_LIFE = 1_800;

/**
 * Who is who in a twenty, as far as tokens tell: it signs access tokens of applications (ES256, the key named in the
 * header, no keys published) and answers whose a token is. As twenty does, it says with status 200 what it refuses.
 */
export class TwentyIdentity {
  private readonly users = new Map<string, SimulatedUser>();
  private readonly kid = randomUUID();
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  addUser(workspaceId: string, user: Partial<SimulatedUser> = {}): SimulatedUser {
    const id = user.id ?? randomUUID();
    const added: SimulatedUser = {
      id,
      email: `${id}@example.com`,
      firstName: 'Ada',
      lastName: 'Byron',
      locale: 'en',
      workspaces: new Set([workspaceId]),
      ...user,
    };
    this.users.set(id, added);
    return added;
  }

  /** An access token, `now` in milliseconds. Signed by another key it is a forged one. */
  token(
    { id: userId }: Pick<SimulatedUser, 'id'>,
    where: { readonly workspaceId: string; readonly applicationId: string; readonly now: number },
    changes: Partial<TokenClaims> = {},
    key: KeyObject = this.keys.privateKey,
  ): string {
    const iat = Math.floor(where.now / 1_000);
    const claims: TokenClaims = {
      type: 'APPLICATION_ACCESS',
      sub: where.applicationId,
      applicationId: where.applicationId,
      workspaceId: where.workspaceId,
      userId,
      userWorkspaceId: randomUUID(),
      iat,
      exp: iat + TOKEN_LIFE,
      ...changes,
    };
    const head = { alg: 'ES256', typ: 'JWT', kid: this.kid };
    const text = `${encode(head)}.${encode(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  /** `POST /metadata { currentUser { … } currentWorkspace { id } }`. */
  whoIs(authorization: string | undefined, now: number): GraphqlAnswer {
    const claims = this.claimsOf(authorization?.replace(/^Bearer /, '') ?? '');
    if (claims === undefined) return refused('Token invalid.', 'UNAUTHENTICATED');
    if (claims.exp * 1_000 <= now) return refused('Token has expired.', 'UNAUTHENTICATED');
    const user = this.users.get(claims.userId);
    if (user === undefined || !user.workspaces.has(claims.workspaceId)) {
      return refused('Forbidden resource', 'FORBIDDEN');
    }
    const { workspaces: _workspaces, ...currentUser } = user;
    return { data: { currentUser, currentWorkspace: { id: claims.workspaceId } } };
  }

  private claimsOf(token: string): TokenClaims | undefined {
    const [head = '', claims = '', signature = ''] = token.split('.');
    const signed = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: this.keys.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    return signed
      ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as TokenClaims)
      : undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function refused(message: string, code: string): GraphqlAnswer {
  return { errors: [{ message, extensions: { code } }] };
}
