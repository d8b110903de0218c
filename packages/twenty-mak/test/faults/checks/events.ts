import { formatInstant } from 'twenty-mak-domain';
import type { Edit, Load } from '../load.ts';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { canonical } from './canonical.ts';

interface StoredEvent {
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly occurred_at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where the mark of an edit stands in the event that it became. */
const MARK_OF: Record<Edit['kind'], (data: StoredEvent['data']) => unknown> = {
  note: ({ text }) => text,
  stage: ({ stage }) => stage,
  fields: ({ attributes }) => (attributes as { mark?: string } | undefined)?.mark,
  owner: ({ owner_id: owner }) => owner,
  deal: ({ name }) => name,
};
const KIND_OF: Readonly<Record<string, Edit['kind']>> = {
  'deal.note.added': 'note',
  'domain.stage.changed': 'stage',
  'deal.updated': 'fields',
  'deal.owner.changed': 'owner',
  'deal.created': 'deal',
};

/** What was acknowledged is kept as it was sent; what was not sent is not there; each edit was made once at most. */
export async function checkEvents(store: Store, load: Load, report: Report): Promise<void> {
  const rows = await store.rows<StoredEvent>(
    'SELECT source, event_id, type, occurred_at, data FROM event WHERE tenant_id = $1',
  );
  const told = new Map(
    rows.filter(({ source }) => source !== 'mak').map((row) => [row.event_id, row]),
  );
  for (const id of load.acknowledged) {
    const [sent, kept] = [load.sent.get(id), told.get(id)];
    report.expect(kept !== undefined, 'lost', () => `event ${id}`);
    const same =
      kept !== undefined &&
      kept.type === sent?.type &&
      formatInstant(kept.occurred_at) === sent.occurred_at &&
      canonical(kept.data) === canonical(sent.data);
    report.expect(same, 'lost', () => `event ${id} is kept as ${JSON.stringify(kept)}`);
  }
  for (const id of told.keys())
    report.expect(load.sent.has(id), 'twice', () => `event ${id} was never sent`);
  checkEdits(
    rows.filter(({ source }) => source === 'mak'),
    load.edits,
    report,
  );
  const scattered = await store.number(
    `SELECT count(*) FROM event e CROSS JOIN jsonb_array_elements(e.refs) AS ref
     JOIN deal_ref d ON d.tenant_id = e.tenant_id AND d.system = ref ->> 'system' AND d.external_id = ref ->> 'id'
     WHERE e.tenant_id = $1 AND d.deal_id <> e.deal_id`,
  );
  report.expect(scattered === 0, 'state', () => `${scattered} events stand at another deal`);
}

function checkEdits(rows: readonly StoredEvent[], edits: readonly Edit[], report: Report): void {
  const made = new Map<string, number>();
  for (const { type, data } of rows) {
    const kind = KIND_OF[type];
    const mark = kind === undefined ? undefined : MARK_OF[kind](data);
    const name = `${kind} ${String(mark)}`;
    made.set(name, (made.get(name) ?? 0) + 1);
  }
  for (const { kind, mark, acknowledged } of edits) {
    const times = made.get(`${kind} ${mark}`) ?? 0;
    made.delete(`${kind} ${mark}`);
    report.expect(times > 0 || !acknowledged, 'lost', () => `edit ${mark}`);
    report.expect(times <= 1, 'twice', () => `edit ${mark} was made ${times} times`);
  }
  report.expect(made.size === 0, 'twice', () => `nobody made ${[...made.keys()].join(', ')}`);
}

/** The short look after each round: what was acknowledged since the last one is there now. */
export async function checkFresh(
  store: Store,
  ids: readonly string[],
  report: Report,
): Promise<void> {
  const missing = await store.rows<{ id: string }>(
    `SELECT id FROM unnest($2::text[]) AS acknowledged (id)
     WHERE NOT EXISTS (SELECT FROM event WHERE tenant_id = $1 AND event_id = id)`,
    ids,
  );
  report.expect(missing.length === 0, 'lost', () => `events ${missing.map(({ id }) => id).join()}`);
  report.checks += ids.length;
}
