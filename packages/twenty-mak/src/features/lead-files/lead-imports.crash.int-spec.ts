import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { freePort } from '../../cli/local/ports.ts';
import { buildServer } from '../../cli/stack/build.ts';
import { resolvePaths } from '../../cli/stack/index.ts';
import { Importer } from '../../../test/support/imports.ts';

let api: TestApp;
let folder: string;
let worker: ChildProcess | null = null;

beforeAll(async () => {
  buildServer(resolvePaths());
  folder = mkdtempSync(join(tmpdir(), 'mak-lead-crash-'));
  api = await startApp({ env: { MAK_FILES_DIR: folder } });
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await api.close();
  rmSync(folder, { recursive: true });
});

/** A worker as it runs in production, in a process of its own. */
async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(resolvePaths().server, 'dist/worker.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      MAK_FILES_DIR: folder,
      MAK_POLL_INTERVAL_MS: '50',
      WORKER_PORT: String(await freePort()),
    },
    stdio: 'ignore',
  });
  worker = child;
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const ROWS = 6_000;
/** Every hundredth row has a number that is none. */
const isWrong = (row: number): boolean => row % 100 === 0;

it('workers that are killed at any place leave no row out and do none twice', async () => {
  const tenant = await api.createTenant();
  const importer = new Importer(api, tenant.apiKey);
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const row = index + 1;
    const phone = isWrong(row) ? '12' : `067${String(row).padStart(7, '0')}`;
    return `${row},Person ${row},${phone},note ${row}`;
  });
  const { body } = await importer.upload('a.csv', ['id,name,phone,note', ...rows].join('\n'));
  const begun = await importer.call(`imports/${body.id}/start`, {
    profile: {
      columns: [
        { column: 'id', field: 'attributes.row' },
        { column: 'name', field: 'name' },
        { column: 'phone', field: 'phone' },
        { column: 'note', field: 'comment' },
      ],
    },
  });
  expect(begun.status).toBe(200);
  // The same people as clients, by the same workers.
  const clients = new Importer(api, tenant.apiKey, 'clients');
  const half = rows.slice(0, ROWS / 2);
  const { body: other } = await clients.upload('c.csv', ['id,name,phone,note', ...half].join('\n'));
  await clients.call(`imports/${other.id}/start`, {
    profile: {
      columns: [
        { column: 'id', field: 'attributes.row' },
        { column: 'name', field: 'name' },
        { column: 'phone', field: 'phone' },
      ],
      defaults: { kind: 'person' },
    },
  });
  const place = async () => {
    const [row] = await api.database.query<{ position_row: number; status: string }>(
      'SELECT position_row, status FROM file_import WHERE id = $1',
      [body.id],
    );
    return row ?? { position_row: 0, status: 'gone' };
  };

  const places: number[] = [];
  for (let kills = 0; kills < 3; kills += 1) {
    const child = await startWorker();
    const before = (await place()).position_row;
    while ((await place()).position_row === before) await sleep(5);
    // Somewhere within the batches that follow.
    await sleep(Math.random() * 150);
    await kill(child);
    const { position_row: row, status } = await place();
    places.push(row);
    if (status !== 'running') break;
    // A silent worker is waited for; here its time is over at once.
    await api.database.query(
      "UPDATE file_import SET due_at = now() WHERE tenant_id = $1 AND status = 'running'",
      [tenant.id],
    );
  }
  expect(places.length).toBeGreaterThan(1);
  expect(places[0]).toBeLessThan(ROWS);

  const last = await startWorker();
  const done = await importer.ended(body.id);
  const doneClients = await clients.ended(other.id);
  await kill(last);
  const wrong = ROWS / 100;
  expect(done).toMatchObject({
    status: 'done',
    rows_done: ROWS,
    counts: { created: ROWS - wrong, warned: 0, merged: 0, rejected: wrong, empty: 0 },
    report: { rows: ROWS, errors: { 'phone:phone_invalid': wrong } },
  });
  const [entered] = await api.database.query(
    `SELECT count(*)::int AS leads, count(DISTINCT c.attributes ->> 'row')::int AS rows,
       (SELECT count(*)::int FROM lead_comment WHERE tenant_id = $1) AS comments,
       (SELECT count(*)::int FROM lead_status_change WHERE tenant_id = $1) AS entries,
       (SELECT count(*)::int FROM outbox WHERE tenant_id = $1 AND type = 'lead.created') AS told
     FROM lead l JOIN lead_contact c ON c.lead_id = l.id WHERE l.tenant_id = $1`,
    [tenant.id],
  );
  const leads = ROWS - wrong;
  expect(entered).toEqual({ leads, rows: leads, comments: leads, entries: leads, told: leads });
  expect(doneClients.counts).toMatchObject({ created: leads / 2, merged: 0, rejected: wrong / 2 });
  const [made] = await api.database.query(
    `SELECT count(*)::int AS clients, count(DISTINCT c.attributes ->> 'row')::int AS rows,
       (SELECT count(*)::int FROM client_contact WHERE tenant_id = $1) AS contacts,
       (SELECT count(*)::int FROM client_key WHERE tenant_id = $1) AS keys,
       (SELECT count(*)::int FROM audit_entry WHERE tenant_id = $1 AND action = 'client.created') AS audited
     FROM client c WHERE c.tenant_id = $1`,
    [tenant.id],
  );
  const people = leads / 2;
  expect(made).toEqual({
    ...{ clients: people, rows: people, contacts: people, keys: people, audited: people },
  });
  const rejected = await importer.call<string>(`imports/${body.id}/rejected`);
  const ids = [...rejected.body.matchAll(/^(\d+),/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual(Array.from({ length: wrong }, (_, index) => (index + 1) * 100));
}, 240_000);
