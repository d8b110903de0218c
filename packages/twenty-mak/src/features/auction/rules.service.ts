import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { DEFAULT_RULES, rulesSchema } from './rules.dto.ts';
import type { AuctionRules, RulesView, SaveRules } from './rules.dto.ts';

interface RulesRow {
  readonly rules: AuctionRules;
  readonly version: number;
}

/** The rules of a tenant. What it has not said, e.g. because there was no such rule then, is as we ship it. */
export async function readRules(tx: Transaction, tenantId: string): Promise<RulesRow> {
  const [row] = await tx.query<RulesRow>(
    'SELECT rules, version FROM lot_rule WHERE tenant_id = $1',
    [tenantId],
    'auction.rules',
  );
  return {
    rules: { ...DEFAULT_RULES, ...row?.rules },
    version: row?.version ?? 1,
  };
}

@Injectable()
export class RulesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Everybody who may see lots knows how the auction works. */
  async find({ tenantId }: Principal): Promise<RulesView> {
    return this.database.within({ tenantId }, (tx) => readRules(tx, tenantId));
  }

  /** What changes holds at once, also for lots that are open. 409 `stale_version`. */
  async save(principal: Principal, { version, rules }: SaveRules): Promise<RulesView> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo !== undefined) throw forbidden('Only the head office may do this.');
    return this.database.within({ tenantId }, async (tx) => {
      // If somebody changes this meanwhile, the version is no longer the one that was sent.
      const before = await readRules(tx, tenantId);
      const wanted = { ...rules, new_lot: rules.new_lot ?? before.rules.new_lot };
      const [saved] = await tx.query<RulesRow>(
        `INSERT INTO lot_rule AS r (tenant_id, rules, version) SELECT $1, $2, 2 WHERE $3 = 1
         ON CONFLICT (tenant_id) DO NOTHING RETURNING rules, version`,
        [tenantId, JSON.stringify(wanted), version],
      );
      const changed = saved ?? (await replaceRules(tx, tenantId, wanted, version));
      if (changed === undefined)
        throw staleVersion(await readRules(tx, tenantId), { version, rules });
      await Audit.record(tx, principal, 'auction.rules_saved', 'lot_rule', tenantId, { version });
      return { version: changed.version, rules: rulesSchema.parse(changed.rules) };
    });
  }
}

async function replaceRules(
  tx: Transaction,
  tenantId: string,
  rules: AuctionRules,
  version: number,
): Promise<RulesRow | undefined> {
  const [row] = await tx.query<RulesRow>(
    `UPDATE lot_rule SET rules = $2, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND version = $3 RETURNING rules, version`,
    [tenantId, JSON.stringify(rules), version],
  );
  return row;
}
