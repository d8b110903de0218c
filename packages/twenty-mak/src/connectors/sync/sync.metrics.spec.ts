import { beforeEach, describe, expect, it } from 'vitest';
import { markPending } from 'twenty-mak-domain';
import type { Urgency, Values } from 'twenty-mak-domain';
import { Metrics } from '../../platform/observability/index.ts';
import { SyncMetrics } from './sync.metrics.ts';
import type { WorkDone } from './ports.ts';
import { untouched } from './work-done.ts';

let registry: Metrics['registry'];
let metrics: SyncMetrics;

beforeEach(() => {
  const own = new Metrics();
  registry = own.registry;
  metrics = new SyncMetrics(own);
});

const told = async (line: string): Promise<boolean> =>
  (await registry.metrics()).split('\n').includes(line);

function done(urgency: Urgency, remoteId: string | null, wrote: Values): WorkDone {
  const pending = markPending(null, { urgency, side: 'mak', fields: ['name'], at: 0 });
  const work = { lease: '', key: '1', localId: '1', remoteId, agreed: {}, sent: {}, pending };
  return { ...untouched(work), remoteId: '7', wrote: { mak: {}, remote: wrote } };
}

describe('records that were put right', () => {
  const PUT_RIGHT = 'mak_sync_put_right_total{connector="outer"}';

  it('are linked ones that only a comparison found different', async () => {
    metrics.finished('outer', [
      done('backfill', '7', { name: 'Differs' }),
      done('backfill', '7', { name: 'Differs too' }),
      done('backfill', '7', {}),
      done('backfill', null, { name: 'New there' }),
      done('system', '7', { name: 'Told of' }),
    ]);
    expect(await told(`${PUT_RIGHT} 2`)).toBe(true);
  });
});

describe('figures of what waits', () => {
  it('tell connectors by state, divergences, and how long messages have waited', async () => {
    metrics.waiting([
      {
        ...{ connector: 'outer', pending: 5, dead: 1, lag: 2.5, divergent: 3 },
        ...{ running: 4, paused: 2, stopped: 1 },
      },
    ]);
    metrics.messagesWait('outer', [3, 12, 0.5]);
    for (const line of [
      'mak_sync_pending{connector="outer"} 5',
      'mak_sync_divergences{connector="outer"} 3',
      'mak_sync_connectors{connector="outer",state="running"} 4',
      'mak_sync_connectors{connector="outer",state="paused"} 2',
      'mak_sync_connectors{connector="outer",state="stopped"} 1',
      'mak_sync_messages_lag_seconds{connector="outer"} 12',
    ])
      expect(await told(line), line).toBe(true);
    metrics.messagesWait('outer', []);
    expect(await told('mak_sync_messages_lag_seconds{connector="outer"} 0')).toBe(true);
  });
});
