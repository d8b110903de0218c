import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { isOutage } from '../../platform/errors/index.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import { reconnect } from './access.ts';
import type { KeptTokens, TokenPair, TokenStore } from './tokens.ts';

interface Row {
  readonly sealed: Buffer;
  readonly version: number;
  readonly tried_at: number | null;
}

const PURPOSE = 'amocrm tokens';
/** How long an exchange by another process is waited for, and how often it is looked, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 100;

const pairSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  /** Left out by earlier versions. */
  address: z.string().optional(),
});

/** The tokens of a tenant in PostgreSQL. No exchange within a transaction: what it gives has to be kept at once. */
export class TokensRepository implements TokenStore {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly tenantId: string,
    /** Of the account that gave them: no other address gets to see them. */
    private readonly address: string,
  ) {}

  async read(): Promise<KeptTokens | null> {
    const { tenantId } = this;
    const [row] = await this.database.within({ tenantId }, (tx) =>
      tx.query<Row>('SELECT sealed, version, tried_at FROM amocrm_token WHERE tenant_id = $1', [
        tenantId,
      ]),
    );
    return row === undefined ? null : this.opened(row);
  }

  /** Keeps the pair that a consent gave, in place of any other; in the caller's transaction, if there is one. */
  async replace(pair: TokenPair): Promise<void> {
    const { tenantId } = this;
    await this.database.within({ tenantId }, async (tx) => {
      tx.send(
        `INSERT INTO amocrm_token (tenant_id, sealed) VALUES ($1, $2)
         ON CONFLICT (tenant_id) DO UPDATE SET sealed = excluded.sealed, version = amocrm_token.version + 1,
           tried_at = NULL, updated_at = now()`,
        [tenantId, this.sealed(pair)],
      );
    });
  }

  async exchange(
    version: number,
    exchange: (kept: KeptTokens) => Promise<TokenPair>,
  ): Promise<KeptTokens> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const begun = await this.begin(version);
      if (begun !== null && begun.version !== version) return begun;
      const kept = begun === null ? null : await this.exchanged(begun, exchange);
      if (kept !== null) return kept;
      if (performance.now() > until)
        throw new RemoteFailure('unavailable', 'Another process exchanges the tokens.');
      await sleep(PAUSE);
    }
  }

  /** Leaves the trace of an exchange; null while another process has one under way. */
  private async begin(version: number): Promise<KeptTokens | null> {
    const { tenantId } = this;
    return this.database.within({ tenantId }, async (tx) => {
      const kept = await this.locked(tx);
      if (kept?.version === version)
        await tx.execute('UPDATE amocrm_token SET tried_at = now() WHERE tenant_id = $1', [
          tenantId,
        ]);
      return kept;
    });
  }

  /** The row is locked until the answer is there, so that no other process sends the same refresh token. */
  private async exchanged(
    begun: KeptTokens,
    exchange: (kept: KeptTokens) => Promise<TokenPair>,
  ): Promise<KeptTokens | null> {
    const { tenantId } = this;
    let answered: TokenPair | undefined;
    try {
      return await this.database.within({ tenantId }, async (tx) => {
        const kept = await this.locked(tx);
        if (kept === null || kept.version !== begun.version) return kept;
        answered = await exchange(begun);
        await this.keep(tx, begun.version, answered);
        return { pair: answered, version: begun.version + 1, triedAt: null };
      });
    } catch (error) {
      // The old refresh token is used up: what is lost now is lost for good.
      if (answered === undefined || !isOutage(error)) throw error;
      return await this.insist(begun.version, answered);
    }
  }

  /** Keeps a pair as soon as PostgreSQL is there again. Rejects when it stays away too long. */
  private async insist(version: number, pair: TokenPair): Promise<KeptTokens> {
    const { tenantId } = this;
    const until = performance.now() + PATIENCE;
    for (;;) {
      try {
        await this.database.within({ tenantId }, (tx) => this.keep(tx, version, pair));
        return (await this.read()) ?? { pair, version: version + 1, triedAt: null };
      } catch (error) {
        if (!isOutage(error) || performance.now() > until) throw error;
        await sleep(PAUSE);
      }
    }
  }

  /** Null when another process has the row. Rejects when there is none. */
  private async locked(tx: Transaction): Promise<KeptTokens | null> {
    const { tenantId } = this;
    const [row] = await tx.query<Row>(
      'SELECT sealed, version, tried_at FROM amocrm_token WHERE tenant_id = $1 FOR UPDATE SKIP LOCKED',
      [tenantId],
    );
    if (row !== undefined) return this.opened(row);
    const there = await tx.query('SELECT FROM amocrm_token WHERE tenant_id = $1', [tenantId]);
    if (there.length === 0) throw reconnect('There are no tokens any more.');
    return null;
  }

  private async keep(tx: Transaction, version: number, pair: TokenPair): Promise<void> {
    await tx.execute(
      `UPDATE amocrm_token SET sealed = $3, version = version + 1, tried_at = NULL, updated_at = now()
       WHERE tenant_id = $1 AND version = $2`,
      [this.tenantId, version, this.sealed(pair)],
    );
  }

  private sealed(pair: TokenPair): Buffer {
    const { address } = this;
    return this.box.seal(PURPOSE, this.tenantId, JSON.stringify({ ...pair, address }));
  }

  private opened({ sealed, version, tried_at: triedAt }: Row): KeptTokens {
    const text = this.box.open(PURPOSE, this.tenantId, sealed);
    const { address = this.address, ...pair } = pairSchema.parse(JSON.parse(text));
    if (address !== this.address) throw reconnect(`The tokens that are kept are of ${address}.`);
    return { pair, version, triedAt };
  }
}
