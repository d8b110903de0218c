import { spawnSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import type { ImportReport, LogSummary } from './files.dto.ts';
import { sampleXes } from './formats/spec-support.ts';
import type { SampleEvent } from './formats/spec-support.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 5);

/** Cases that end in every way, with events that nobody listens to between. */
function cases(count: number): Record<string, SampleEvent[]> {
  const endings = [
    ['A_DECLINED'],
    ['A_ACCEPTED', 'O_SENT', 'O_SENT_BACK', 'A_APPROVED', 'A_ACTIVATED'],
    ['A_ACCEPTED', 'O_SENT', 'O_CANCELLED'],
    ['A_CANCELLED'],
  ];
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const types = [
        'A_SUBMITTED',
        'W_Call',
        'A_PREACCEPTED',
        ...(endings[index % endings.length] ?? []),
      ];
      const events = types.map((type, step) => ({
        type,
        time: new Date(BEGIN + index * 60_000 + step * DAY).toISOString(),
      }));
      return [`case ${index}`, events];
    }),
  );
}

const LOG = sampleXes(cases(40));
const EVENTS = 40 * 3 + 10 * (1 + 5 + 3 + 1);

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function creditTenant(): Promise<TestTenant> {
  const tenant = await app.createTenant({
    escalation: false,
    clock_frozen_at: '2026-02-01T00:00:00Z',
  });
  const made = await app.call('/v1/pipelines', {
    key: tenant.apiKey,
    body: { preset: 'credit', publish: true, is_default: true, declare_types: true },
  });
  expect(made.status).toBe(201);
  return tenant;
}

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly title: string;
  readonly import?: ImportReport;
}

async function upload<Body = ImportReport>(
  tenant: TestTenant,
  content: string | Uint8Array<ArrayBuffer>,
  query: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${app.url}/v1/imports?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tenant.apiKey}`,
      'content-type': 'application/octet-stream',
    },
    body: content,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Body,
  };
}

async function download(
  tenant: TestTenant,
  query: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(`${app.url}/v1/deals/export?${query}`, {
    headers: { authorization: `Bearer ${tenant.apiKey}`, ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function summary(tenant: TestTenant): Promise<LogSummary> {
  const { status, body } = await app.call<LogSummary>('/v1/events/summary?pipeline=credit', {
    key: tenant.apiKey,
  });
  expect(status).toBe(200);
  return body;
}

describe('a log in XES', () => {
  let tenant: TestTenant;
  beforeAll(async () => {
    tenant = await creditTenant();
  });

  it('comes in while it arrives, and a repeat changes nothing', async () => {
    const first = await upload(tenant, gzipSync(LOG), { mapping: 'credit' });
    expect(first).toMatchObject({
      status: 200,
      body: { read: EVENTS, duplicate: 0, orphan: 0, conflict: 0, rejected: 0, problems: [] },
    });
    expect(first.body.applied + first.body.stored).toBe(EVENTS);
    const counts = await summary(tenant);
    expect(counts).toEqual({
      pipeline: 'credit',
      deals: 40,
      events: EVENTS,
      known_events: EVENTS - 40,
      // Each deal is submitted and pre-accepted; then 1, 5, 3 and 1 more changes.
      transitions: 40 * 2 + 10 * (1 + 5 + 3 + 1),
      stages: { disbursed: 10, processing: 10, declined: 10, cancelled: 10 },
      sla: {
        // Accepted after three days, or ended in the meantime; all later than a day.
        submit_to_accept: { runs: 40, met: 0, breached: 40, cancelled: 0, running: 0 },
        offer_to_return: { runs: 20, met: 10, breached: 0, cancelled: 10, running: 0 },
        return_to_decision: { runs: 10, met: 10, breached: 0, cancelled: 0, running: 0 },
      },
      first_event_at: '2026-01-05T00:00:00.000Z',
      last_event_at: expect.stringContaining('2026-01-12T') as string,
      present: '2026-02-01T00:00:00.000Z',
    });
    const second = await upload(tenant, LOG, { mapping: 'credit' });
    expect(second.body).toMatchObject({ read: EVENTS, duplicate: EVENTS, applied: 0, stored: 0 });
    expect(await summary(tenant)).toEqual(counts);
  });

  it.each(['jsonl', 'csv', 'xes'])(
    'goes out as %s and gives the same counts in another tenant',
    async (format) => {
      const { status, headers, text } = await download(tenant, `format=${format}&pipeline=credit`);
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toBe(
        `attachment; filename="credit-events.${format}"`,
      );
      const other = await creditTenant();
      const { body } = await upload(other, text, { deal_ids: 'refs' });
      expect(body).toMatchObject({ read: EVENTS, rejected: 0, conflict: 0, problems: [] });
      expect(await summary(other)).toEqual(await summary(tenant));
    },
  );

  it.each(['jsonl', 'csv'])(
    'goes out as %s, and where it comes from it changes nothing',
    async (format) => {
      const { text } = await download(tenant, `format=${format}`);
      const { body } = await upload(tenant, text);
      expect(body).toMatchObject({ read: EVENTS, duplicate: EVENTS });
    },
  );

  it('goes out packed when the client takes it', async () => {
    const { headers, text } = await download(tenant, 'format=jsonl', { 'accept-encoding': 'gzip' });
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(text.split('\n')).toHaveLength(EVENTS + 1);
    // Not fetch: it would unpack the answer by itself.
    const raw = await request(`${app.url}/v1/deals/export?format=jsonl`, {
      headers: { authorization: `Bearer ${tenant.apiKey}`, 'accept-encoding': 'gzip' },
    });
    expect(gunzipSync(await raw.body.bytes()).toString()).toBe(text);
  });

  it('goes out as XML that another program takes', async () => {
    const { text } = await download(tenant, 'format=xes');
    expect(text.match(/<trace>/g)).toHaveLength(40);
    expect(text.match(/<event>/g)).toHaveLength(EVENTS);
    // xmllint is in no package of ours; where it is missing, only our own reader has read the file, above.
    const checked = spawnSync('xmllint', ['--noout', '-'], { input: text, encoding: 'utf8' });
    expect(checked.error === undefined ? checked.stderr : '').toBe('');
  });

  it('goes out for a selection only', async () => {
    const { text } = await download(tenant, 'format=jsonl&stage=declined,cancelled&outcome=lost');
    expect(
      new Set(
        text
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { deal_id: string }).deal_id),
      ).size,
    ).toBe(20);
    expect(
      (await download(tenant, 'format=jsonl&outcome=won')).text.trim().split('\n'),
    ).toHaveLength(10 * 8);
    expect((await download(tenant, 'format=jsonl&owner=somebody')).text).toBe('');
    expect((await download(tenant, 'format=jsonl&owner=nobody')).text).toBe(
      (await download(tenant, 'format=jsonl')).text,
    );
    expect(
      (await download(tenant, 'format=jsonl&sla=overdue&created_before=2000-01-01T00:00:00Z')).text,
    ).toBe('');
    expect((await download(tenant, 'format=jsonl&archived=true')).text).toBe('');
    const whole = await download(tenant, 'format=jsonl');
    expect(
      (await download(tenant, 'format=jsonl&archived=false&created_from=2000-01-01T00:00:00Z'))
        .text,
    ).toBe(whole.text);
    expect((await download(tenant, 'pipeline=nope')).status).toBe(404);
    expect((await download(tenant, 'format=pdf')).status).toBe(422);
  });

  it('is in the audit log, and nobody else gets it', async () => {
    const rows = await app.database.query<{ detail: object }>(
      `SELECT detail FROM audit_entry WHERE action = 'deals.exported' AND tenant_id = $1`,
      [tenant.id],
    );
    expect(rows.map(({ detail }) => detail)).toContainEqual({
      format: 'jsonl',
      stage: ['declined', 'cancelled'],
      outcome: 'lost',
    });
    const stranger = await creditTenant();
    expect((await download(stranger, 'format=jsonl')).text).toBe('');
    expect(await summary(stranger)).toMatchObject({ deals: 0, events: 0, transitions: 0 });
    const reader = await app.call<{ secret: string }>('/v1/api-clients', {
      key: tenant.apiKey,
      body: { name: 'reader', kind: 'api_key', scopes: ['deals:read'] },
    });
    expect((await download({ ...tenant, apiKey: reader.body.secret }, 'format=jsonl')).status).toBe(
      403,
    );
  });
});

describe('bad files change nothing beyond what was read', () => {
  let tenant: TestTenant;
  beforeAll(async () => {
    tenant = await creditTenant();
  });
  const events = async (): Promise<number> => (await summary(tenant)).events;

  it.each<
    [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, string, string | undefined]
  >([
    ['an empty file', '', {}, 'empty_file', undefined],
    ['an entity bomb', '<!DOCTYPE log [<!ENTITY a "x">]><log/>', {}, 'doctype_refused', undefined],
    ['other XML', '<html/>', {}, 'not_xes', undefined],
    ['CSV without a mapping', 'a;b\n1;2\n', {}, 'mapping_missing', 'mapping'],
    [
      'a mapping of a missing column',
      'a;b\n1;2\n',
      { mapping: '{"case":"a","type":"b","time":"When"}' },
      'unknown_column',
      'mapping.time',
    ],
    ['a mapping that is no JSON', 'a;b\n1;2\n', { mapping: '{' }, 'invalid_mapping', 'mapping'],
    [
      'CSV in another encoding',
      new Uint8Array(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xce, 0xef])])),
      {},
      'wrong_encoding',
      'encoding',
    ],
    [
      'a value without end',
      `<log><trace><string key="x" value="${'y'.repeat(10_000_000)}`,
      {},
      'value_too_large',
      undefined,
    ],
  ])('%s', async (_name, content, query, code, field) => {
    const { status, body } = await upload<Problem>(tenant, content, query);
    expect({ status, code: body.code, field: body.field }).toEqual({ status: 422, code, field });
    expect(body.import).toMatchObject({ read: 0, applied: 0 });
    expect(await events()).toBe(0);
  });

  it('a gzip that is cut off: what was read is told and stays, the whole file completes it', async () => {
    const random = Array.from(
      { length: 300 },
      (_, index) =>
        [
          `${(index * 7_919_777) % 1_000_003}`,
          [{ type: 'A_SUBMITTED', time: new Date(BEGIN + index * 997).toISOString() }],
        ] as const,
    );
    const log = gzipSync(sampleXes(Object.fromEntries(random)));
    const { status, body } = await upload<Problem>(tenant, log.subarray(0, log.length - 500));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'truncated_gzip', import: { rejected: 0 } });
    const read = body.import?.read ?? 0;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(300);
    expect(await events()).toBe(read);
    expect((await upload(tenant, log)).body).toMatchObject({
      read: 300,
      duplicate: read,
      applied: 300 - read,
    });
    expect(await events()).toBe(300);
  });

  it('events of another age are rejected one by one, with line and field', async () => {
    const line = (id: string, time: string): string =>
      JSON.stringify({
        event_id: id,
        type: 'A_SUBMITTED',
        source: 's',
        occurred_at: time,
        external_refs: [{ system: 's', id }],
        data: { 'lifecycle:transition': 'COMPLETE' },
      });
    const before = await events();
    const { status, body } = await upload(
      tenant,
      [
        line('old', '1989-12-31T23:59:59Z'),
        line('good', '2026-01-01T00:00:00Z'),
        line('future', '2999-01-01T00:00:00Z'),
        '{"broken',
      ].join('\n'),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ read: 4, applied: 1, rejected: 3 });
    expect(
      body.problems.map(({ place, event_id: id, code, field }) => [place, id, code, field]),
    ).toEqual([
      [4, null, 'malformed_json', undefined],
      [1, 'old', 'too_old', 'occurred_at'],
      [3, 'future', 'in_future', 'occurred_at'],
    ]);
    expect(await events()).toBe(before + 1);
  });

  it('a file that is not sent as one, and a body of 10 MB that is no file', async () => {
    expect(await app.call('/v1/imports', { key: tenant.apiKey, body: {} })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    const before = await events();
    const large = await app.call('/v1/events', {
      key: tenant.apiKey,
      body: [{ data: 'x'.repeat(10 * 1024 * 1024) }],
    });
    expect(large).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    expect(await events()).toBe(before);
  });
});
