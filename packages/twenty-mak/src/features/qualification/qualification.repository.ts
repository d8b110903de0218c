import type { QualificationCard } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

export interface CardRow {
  readonly card: QualificationCard;
  readonly weights: Record<string, number>;
  readonly threshold: number;
  readonly version: number;
}

/** Instants are milliseconds. */
export interface QualificationRow {
  readonly deal_id: string;
  readonly card: QualificationCard;
  readonly answers: Record<string, number>;
  readonly score: number;
  readonly threshold: number;
  readonly passed: boolean;
  /** `account:…` or `client:…` */
  readonly answered_by: string;
  readonly answered_at: number;
  readonly version: number;
}

const COLUMNS =
  'deal_id, card, answers, score, threshold, passed, answered_by, answered_at, version';

/** Cards that the tenant has changed. */
export async function findCards(tx: Transaction, tenantId: string): Promise<CardRow[]> {
  return tx.query<CardRow>(
    'SELECT card, weights, threshold, version FROM qualification_card WHERE tenant_id = $1',
    [tenantId],
  );
}

/** Undefined when somebody was faster; the card as it ships is version 1. */
export async function saveCard(
  tx: Transaction,
  tenantId: string,
  { card, weights, threshold, version }: CardRow,
): Promise<CardRow | undefined> {
  const [row] = await tx.query<CardRow>(
    `INSERT INTO qualification_card AS c (tenant_id, card, weights, threshold, version)
     SELECT $1, $2, $3, $4, $5 + 1 WHERE $5 = 1
       OR EXISTS (SELECT 1 FROM qualification_card WHERE tenant_id = $1 AND card = $2)
     ON CONFLICT (tenant_id, card) DO UPDATE SET weights = excluded.weights, threshold = excluded.threshold,
       version = c.version + 1, updated_at = now() WHERE c.version = $5
     RETURNING card, weights, threshold, version`,
    [tenantId, card, JSON.stringify(weights), threshold, version],
  );
  return row;
}

export async function findQualifications(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
): Promise<QualificationRow[]> {
  return tx.query<QualificationRow>(
    `SELECT ${COLUMNS} FROM qualification WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) ORDER BY deal_id, card`,
    [tenantId, dealIds],
  );
}

export async function saveQualification(
  tx: Transaction,
  tenantId: string,
  row: Omit<QualificationRow, 'answered_at' | 'version'>,
): Promise<QualificationRow> {
  const [saved] = await tx.query<QualificationRow>(
    `INSERT INTO qualification AS q (tenant_id, deal_id, card, answers, score, threshold, passed, answered_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, deal_id, card) DO UPDATE SET answers = excluded.answers, score = excluded.score,
       threshold = excluded.threshold, passed = excluded.passed, answered_by = excluded.answered_by,
       answered_at = now(), version = q.version + 1
     RETURNING ${COLUMNS}`,
    [
      tenantId,
      row.deal_id,
      row.card,
      JSON.stringify(row.answers),
      row.score,
      row.threshold,
      row.passed,
      row.answered_by,
    ],
  );
  return saved as QualificationRow;
}
