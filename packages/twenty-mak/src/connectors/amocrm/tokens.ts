import { RemoteFailure } from '../sync/index.ts';
import { reconnect } from './access.ts';
import type { Grant } from './oauth.ts';

export interface TokenPair {
  readonly accessToken: string;
  /** Works once. */
  readonly refreshToken: string;
  /** Milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface KeptTokens {
  readonly pair: TokenPair;
  /** One more with every pair. */
  readonly version: number;
  /** Since when an answer to this refresh token may have been lost; milliseconds. */
  readonly triedAt: number | null;
}

/** Where the tokens of one account are kept, for all processes. */
export interface TokenStore {
  read(): Promise<KeptTokens | null>;
  /**
   * Lets one process at a time exchange the pair of `version`; gives what is kept afterwards, also when another process was
   * faster. What `exchange` gives is kept before anybody has it. That it was begun is kept before it begins, so a process that
   * dies in the middle leaves a trace. A rejection of `exchange` is passed on.
   */
  exchange(
    version: number,
    exchange: (kept: KeptTokens) => Promise<TokenPair>,
  ): Promise<KeptTokens>;
}

/** Gives the token that calls are made with. */
export interface AccessTokens {
  /** Rejects with a `RemoteFailure` when there is none that could work. */
  current(): Promise<string>;
  /** Another one in place of a token that was refused. Rejects with a `RemoteFailure`. */
  insteadOf(refused: string): Promise<string>;
}

type Ask = (grant: Grant) => Promise<TokenPair | { readonly refusal: string }>;

/**
 * A token is exchanged when this part of its life is over. Should the answer be lost, amoCRM has used up the refresh token and
 * nobody has the new one; what is left of the old access token is the time in which a person can connect the account again.
 */
const PART = 0.5;
/** How long a process waits before it tries again while the old token still works, in milliseconds. */
const PAUSE = 60_000;

/** The tokens of an account that was connected by consent: they are exchanged before they are too old. */
export class RotatingTokens implements AccessTokens {
  private tryAgainAt = 0;

  constructor(
    private readonly store: TokenStore,
    private readonly ask: Ask,
    /** Milliseconds. */
    private readonly now: () => number = Date.now,
  ) {}

  async current(): Promise<string> {
    const kept = await this.kept();
    const { pair } = kept;
    const { issuedAt, expiresAt, accessToken } = pair;
    const now = this.now();
    if (now < issuedAt + (expiresAt - issuedAt) * PART || now < this.tryAgainAt) {
      if (now < expiresAt) return accessToken;
    }
    try {
      return await this.exchanged(kept);
    } catch (error) {
      // The old one works to its end.
      if (!(error instanceof RemoteFailure) || this.now() >= expiresAt) throw error;
      this.tryAgainAt = this.now() + PAUSE;
      return accessToken;
    }
  }

  async insteadOf(refused: string): Promise<string> {
    const kept = await this.kept();
    return kept.pair.accessToken === refused ? this.exchanged(kept) : kept.pair.accessToken;
  }

  private async exchanged({ version }: KeptTokens): Promise<string> {
    const { pair } = await this.store.exchange(version, async (kept) => {
      const answer = await this.ask({
        grant_type: 'refresh_token',
        refresh_token: kept.pair.refreshToken,
      });
      if (!('refusal' in answer)) return answer;
      throw reconnect(
        kept.triedAt === null
          ? `amoCRM says: ${answer.refusal}`
          : `The answer to an earlier exchange of tokens was lost. amoCRM says: ${answer.refusal}`,
      );
    });
    return pair.accessToken;
  }

  private async kept(): Promise<KeptTokens> {
    const kept = await this.store.read();
    if (kept === null) throw reconnect('There are no tokens yet.');
    return kept;
  }
}

/** A token of a private integration, which lasts for years and cannot be exchanged. */
export class LongLivedToken implements AccessTokens {
  constructor(private readonly token: string) {}

  current(): Promise<string> {
    return Promise.resolve(this.token);
  }

  insteadOf(): Promise<string> {
    return Promise.reject(
      reconnect('The long-lived token has ended or was taken back; make a new one.'),
    );
  }
}
