import type { Transaction } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import type { Actor, AuditAction, AuditDetail } from '../audit/index.ts';
import type { PipelineRow } from './pipelines.repository.ts';

/** One entry of the audit log about a pipeline. */
export async function record(
  tx: Transaction,
  tenantId: string,
  actor: Actor,
  action: AuditAction,
  { id, key }: Pick<PipelineRow, 'id' | 'key'>,
  detail: AuditDetail = {},
): Promise<void> {
  await Audit.recordFor(tx, tenantId, actor, action, 'pipeline', id, { key, ...detail });
}
