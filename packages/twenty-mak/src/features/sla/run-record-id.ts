import { createHash } from 'node:crypto';
import type { RunIdentity } from './sla.repository.ts';

/** What other systems know a run by: its deal, and a digest of the rest, which may be long. */
export function runRecordId({ dealId, timer, source, eventId }: RunIdentity): string {
  const digest = createHash('md5').update([timer, source, eventId].join('\n')).digest('hex');
  return `${dealId}:${digest}`;
}

/** The same in SQL, of a row of `sla_run` or of what a statement returns of one. */
export const RUN_RECORD_ID = `deal_id || ':' || md5(concat_ws(E'\\n', timer, opened_source, opened_event_id))`;
