import { randomUUID } from 'node:crypto';
import { refusal } from './refusals.ts';

/** How people sign in to twenty with a password. */
export const SIGN_IN_SCHEMA = `
  type Token { token: String! }
  type LoginToken { loginToken: Token! }
  type TokenPair { accessOrWorkspaceAgnosticToken: Token! }
  type AuthTokens { tokens: TokenPair! }
  extend type Mutation {
    getLoginTokenFromCredentials(email: String!, password: String!, origin: String!): LoginToken!
    getAuthTokensFromLoginToken(loginToken: String!, origin: String!): AuthTokens!
  }`;

/** People with passwords, and who has signed in. */
export class SimulatedSignIn {
  private readonly passwords = new Map<string, string>();
  private readonly begun = new Map<string, string>();
  private readonly sessions = new Map<string, string>();

  readonly root = {
    getLoginTokenFromCredentials: (input: {
      readonly email: string;
      readonly password: string;
    }) => {
      if (this.passwords.get(input.email) !== input.password)
        throw refusal('Wrong password', 'FORBIDDEN');
      return { loginToken: { token: keep(this.begun, input.email) } };
    },
    getAuthTokensFromLoginToken: ({ loginToken }: { readonly loginToken: string }) => {
      const email = this.begun.get(loginToken);
      if (email === undefined) throw refusal('Token invalid.', 'UNAUTHENTICATED');
      const token = keep(this.sessions, email);
      return { tokens: { accessOrWorkspaceAgnosticToken: { token } } };
    },
  };

  addPerson(email: string, password: string): void {
    this.passwords.set(email, password);
  }

  /** Whose session this is. */
  whose(authorization: string | undefined): string | undefined {
    return this.sessions.get(authorization?.replace(/^Bearer /, '') ?? '');
  }
}

function keep(tokens: Map<string, string>, email: string): string {
  const token = randomUUID();
  tokens.set(token, email);
  return token;
}
