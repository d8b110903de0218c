import { adtech, credit } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import type { PipelineDetailAnswer } from './pipelines.dto.ts';

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly field?: string;
  readonly findings?: { code: string; severity?: string }[];
  readonly current?: unknown;
}

let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  other = await app.createTenant();
});
afterAll(() => app?.close());

const tiny: PipelineDefinition = {
  key: 'tiny',
  title: 'Tiny',
  gates: [
    { key: 'asked', title: 'Asked' },
    { key: 'paid', title: 'Paid' },
  ],
  events: [
    { type: 'crm.deal.created', creates: true },
    { type: 'asked', sets: ['asked'] },
    { type: 'paid', sets: ['paid'] },
  ],
  knownTypes: ['asked', 'paid'],
  stages: [
    { key: 'new', title: 'New' },
    { key: 'asking', title: 'Asking' },
    { key: 'done', title: 'Done', kind: 'won' },
  ],
  rules: [
    { stage: 'done', when: 'gates.paid' },
    { stage: 'asking', when: 'gates.asked' },
  ],
};

let count = 0;
/** A pipeline of its own for one test, unpublished. */
async function fresh(changes: Partial<PipelineDefinition> = {}): Promise<PipelineDetailAnswer> {
  count += 1;
  const definition = { ...tiny, ...changes, key: `tiny-${count}` };
  const answer = await post<PipelineDetailAnswer>('/v1/pipelines', { definition });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

function post<Body = Problem>(path: string, body: unknown, key = tenant.apiKey) {
  return app.call<Body>(path, { body, key });
}

async function stored(): Promise<string> {
  const { body } = await app.call<{ items: { key: string }[] }>('/v1/pipelines', {
    key: tenant.apiKey,
  });
  const details = await Promise.all(
    body.items.map(({ key }) => app.call(`/v1/pipelines/${key}`, { key: tenant.apiKey })),
  );
  return JSON.stringify(details.map((detail) => detail.body));
}

describe('making a pipeline', () => {
  it('publishes a preset, which becomes the default of the tenant', async () => {
    const { status, body } = await post<PipelineDetailAnswer>('/v1/pipelines', {
      preset: 'adtech',
      publish: true,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ key: 'adtech', is_default: true, current_version: 1 });
    expect(body.definition).toEqual(JSON.parse(JSON.stringify(adtech)));
  });

  it('takes a definition as YAML', async () => {
    const response = await fetch(`${app.url}/v1/pipelines?publish=true`, {
      method: 'POST',
      headers: {
        'content-type': 'application/yaml',
        authorization: `Bearer ${tenant.apiKey}`,
      },
      body: stringify({ ...credit, key: 'loans' }),
    });
    expect(response.status).toBe(201);
    const body = (await response.json()) as PipelineDetailAnswer;
    expect(body).toMatchObject({ key: 'loans', is_default: false, current_version: 1 });
  });

  it('refuses a key that is taken', async () => {
    const before = await stored();
    const { status, body } = await post('/v1/pipelines', { preset: 'adtech' });
    expect([status, body.code]).toEqual([409, 'pipeline_exists']);
    expect(await stored()).toBe(before);
  });

  it('keeps tenants apart', async () => {
    const same = await post<PipelineDetailAnswer>(
      '/v1/pipelines',
      { preset: 'credit' },
      other.apiKey,
    );
    expect(same.status).toBe(201);
    const { status, body } = await app.call<Problem>('/v1/pipelines/adtech', { key: other.apiKey });
    expect([status, body.code]).toEqual([404, 'not_found']);
    const publish = await post('/v1/pipelines/loans/publish', { version: 1 }, other.apiKey);
    expect(publish.status).toBe(404);
  });
});

describe('bad definitions', () => {
  const gates = Array.from({ length: 40 }, (_, index) => ({
    key: `g${index}`,
    title: `G${index}`,
  }));
  const nested = `${'('.repeat(300)}gates.paid${')'.repeat(300)}`;
  const rule = (when: string) => ({ rules: [{ stage: 'done', when }] });
  const bad: [string, Partial<PipelineDefinition>, string, string][] = [
    ['40 gates', { gates }, 'too_many_facts', 'gates'],
    ['an unknown gate in a rule', rule('gates.nope'), 'unknown_gate', 'rules.0.when'],
    ['no CEL', rule('gates.paid &&& true'), 'predicate_syntax', 'rules.0.when'],
    [
      'a loop',
      rule('[1,2,3].all(x, [1,2,3].all(y, x < y))'),
      'predicate_not_allowed',
      'rules.0.when',
    ],
    [
      'a pattern',
      rule('"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")'),
      'predicate_not_allowed',
      'rules.0.when',
    ],
    [
      'a way out',
      rule('gates.constructor.constructor("return process")()'),
      'predicate_syntax',
      'rules.0.when',
    ],
    ['a deep predicate', rule(nested), 'predicate_too_deep', 'rules.0.when'],
    [
      'a long predicate',
      rule(`gates.paid${' || gates.paid'.repeat(300)}`),
      'predicate_too_long',
      'rules.0.when',
    ],
    ['a wrong type', { stages: 'none' as unknown as [] }, 'wrong_type', 'stages'],
    ['SQL', { key: "x'; DROP TABLE deal; --" }, 'key_invalid', 'key'],
  ];

  it.each(bad)('%s: refused, and nothing changes', async (_name, changes, code, field) => {
    const before = await stored();
    const started = performance.now();
    const { status, body } = await post('/v1/pipelines', {
      definition: { ...tiny, key: 'bad', ...changes },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code, field });
    expect(body.findings?.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await stored()).toBe(before);
  });

  it.each([
    ['a bomb of aliases', bomb(), 400, 'malformed_yaml'],
    ['no YAML', 'key: [unclosed', 400, 'malformed_yaml'],
    ['a key twice', 'key: a\nkey: b\nstages: []', 400, 'malformed_yaml'],
    ['too much', `title: ${'x'.repeat(300_000)}`, 413, 'body_too_large'],
  ])('YAML with %s is refused', async (_name, text, status, code) => {
    const response = await fetch(`${app.url}/v1/pipelines`, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml', authorization: `Bearer ${tenant.apiKey}` },
      body: text,
    });
    expect(response.status).toBe(status);
    expect(((await response.json()) as Problem).code).toBe(code);
  });

  it('names every field of the request that it does not know', async () => {
    const { status, body } = await post('/v1/pipelines', { preset: 'credit', colour: 'red' });
    expect([status, body.code, body.field]).toEqual([422, 'invalid_request', 'colour']);
    const both = await post('/v1/pipelines', { preset: 'credit', definition: tiny });
    expect(both.body.code).toBe('invalid_request');
  });
});

describe('drafts and versions', () => {
  it('edits a draft, publishes it and keeps the old version', async () => {
    const { key, version } = await fresh();
    const first = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/publish`, { version });
    expect(first.body).toMatchObject({ current_version: 1, draft: null });

    const draft = await app.call<PipelineDetailAnswer>(`/v1/pipelines/${key}/draft`, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { version: first.body.version, definition: { ...tiny, key, title: 'Tiny two' } },
    });
    expect(draft.body).toMatchObject({ has_draft: true, current_version: 1, title: 'Tiny two' });
    const second = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/publish`, {
      version: draft.body.version,
    });
    expect(second.body).toMatchObject({ current_version: 2, has_draft: false });
    const versions = await app.call<{ items: { version: number; published_by: string }[] }>(
      `/v1/pipelines/${key}/versions`,
      { key: tenant.apiKey },
    );
    expect(versions.body.items.map((one) => one.version)).toEqual([2, 1]);
    expect(versions.body.items[0]?.published_by).toMatch(/^client:/);
    const old = await app.call<{ definition: PipelineDefinition }>(
      `/v1/pipelines/${key}/versions/1`,
      { key: tenant.apiKey },
    );
    expect(old.body.definition.title).toBe('Tiny');
  });

  it('tells an editor who comes too late both versions', async () => {
    const { key, version } = await fresh();
    const save = (title: string) =>
      app.call<Problem>(`/v1/pipelines/${key}/draft`, {
        method: 'PUT',
        key: tenant.apiKey,
        body: { version, definition: { ...tiny, key, title } },
      });
    const answers = await Promise.all([save('One'), save('Two')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({ code: 'stale_version', current: version + 1, sent: version });
  });

  it('never changes the key', async () => {
    const { key, version } = await fresh();
    const { body } = await app.call<Problem>(`/v1/pipelines/${key}/draft`, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { version, definition: tiny },
    });
    expect(body.code).toBe('key_fixed');
  });

  it('refuses to publish nothing', async () => {
    const { key, version } = await fresh();
    const { body } = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/publish`, { version });
    const again = await post(`/v1/pipelines/${key}/publish`, { version: body.version });
    expect([again.status, again.body.code]).toEqual([409, 'nothing_to_publish']);
  });
});

describe('verification', () => {
  const shadowed = {
    rules: [
      { stage: 'done', when: 'gates.paid || gates.asked' },
      { stage: 'asking', when: 'gates.asked' },
    ],
  };

  it('saves a shadowed stage as a draft, but does not publish it', async () => {
    const { key, version } = await fresh(shadowed);
    const report = await post<{ publishable: boolean; findings: { code: string }[] }>(
      `/v1/pipelines/${key}/verify`,
      {},
    );
    expect(report.status).toBe(200);
    expect(report.body.publishable).toBe(false);
    const codes = report.body.findings.map(({ code }) => code);
    expect(codes).toContain('stage_unreachable');
    const { status, body } = await post(`/v1/pipelines/${key}/publish`, { version });
    expect([status, body.code]).toEqual([422, 'not_publishable']);
    expect(body.findings?.map(({ code }) => code)).toEqual(codes);
    const after = await app.call<PipelineDetailAnswer>(`/v1/pipelines/${key}`, {
      key: tenant.apiKey,
    });
    expect(after.body).toMatchObject({ current_version: null, version });
  });

  it('wants regressions confirmed one by one', async () => {
    const { key, version } = await fresh({
      rules: [
        { stage: 'asking', when: 'gates.asked' },
        { stage: 'done', when: 'gates.paid' },
      ],
    });
    const refused = await post(`/v1/pipelines/${key}/publish`, { version });
    expect(refused.body.findings).toEqual([expect.objectContaining({ code: 'regression' })]);
    const other = [{ gate: 'paid', from: 'done', to: 'asking' }];
    expect((await post(`/v1/pipelines/${key}/publish`, { version, confirm: other })).status).toBe(
      422,
    );
    const confirm = [{ gate: 'asked', from: 'done', to: 'asking' }];
    const done = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/publish`, {
      version,
      confirm,
    });
    expect(done.body).toMatchObject({
      current_version: 1,
      definition: { confirmedRegressions: confirm },
    });
  });

  it('refuses types that nobody sends, unless they are declared', async () => {
    const { key, version } = await fresh({ knownTypes: [] });
    const { body } = await post(`/v1/pipelines/${key}/publish`, { version });
    expect(body.findings?.map(({ code }) => code)).toContain('type_unknown');
    const declared = await post<PipelineDetailAnswer>('/v1/pipelines', {
      definition: { ...tiny, key: 'declared', knownTypes: [] },
      publish: true,
      declare_types: true,
    });
    expect(declared.body.definition).toMatchObject({ knownTypes: ['asked', 'paid'] });
  });

  it('shows the truth table page by page', async () => {
    const { key } = await fresh();
    const { body } = await post<{ truth_table: { total: number; rows: unknown[] } }>(
      `/v1/pipelines/${key}/verify`,
      { truth_table: { compact: false, offset: 1, limit: 2 } },
    );
    expect(body.truth_table.total).toBe(4);
    expect(body.truth_table.rows).toEqual([
      { gates: { asked: false, paid: true }, domains: {}, stage: 'done' },
      { gates: { asked: true, paid: false }, domains: {}, stage: 'asking' },
    ]);
  });

  it('answers what-if', async () => {
    const { key } = await fresh();
    const { body } = await post(`/v1/pipelines/${key}/what-if`, { gates: { paid: true } });
    expect(body).toMatchObject({ stage: 'done', missing_gates: ['asked'], rule: 0 });
    const unknown = await post(`/v1/pipelines/${key}/what-if`, { gates: { nope: true } });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown_gate']);
  });
});

describe('stages', () => {
  it('are added, renamed, reordered and deleted with a target', async () => {
    const { key, version } = await fresh();
    const path = `/v1/pipelines/${key}/draft/stages`;
    const added = await post<PipelineDetailAnswer>(path, {
      version,
      stage: { key: 'both', title: 'Both' },
      at: 2,
      when: 'gates.asked && !gates.paid && false',
    });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect(added.body.draft?.stages.map((stage) => stage.key)).toEqual([
      'new',
      'asking',
      'both',
      'done',
    ]);
    const renamed = await app.call<PipelineDetailAnswer>(`${path}/asking`, {
      method: 'PATCH',
      key: tenant.apiKey,
      body: { version: added.body.version, key: 'talking', title: 'Talking' },
    });
    expect(renamed.body.draft?.rules.map((rule) => rule.stage)).toContain('talking');
    const reordered = await app.call<PipelineDetailAnswer>(`${path}/order`, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { version: renamed.body.version, order: ['new', 'both', 'talking', 'done'] },
    });
    expect(reordered.body.draft?.stages.map((stage) => stage.key)).toEqual([
      'new',
      'both',
      'talking',
      'done',
    ]);
    const deleted = await app.call<PipelineDetailAnswer>(`${path}/both`, {
      method: 'DELETE',
      key: tenant.apiKey,
      body: { version: reordered.body.version, target: 'talking' },
    });
    expect(deleted.body.draft?.stages.map((stage) => stage.key)).toEqual([
      'new',
      'talking',
      'done',
    ]);
    const refused = await app.call<Problem>(`${path}/new`, {
      method: 'DELETE',
      key: tenant.apiKey,
      body: { version: deleted.body.version, target: 'talking' },
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'stage_initial']);
  });
});

describe('defaults and the archive', () => {
  it('keeps one default, and does not archive it', async () => {
    const { key, version } = await fresh();
    const early = await app.call<Problem>(`/v1/pipelines/${key}/default`, {
      method: 'PUT',
      key: tenant.apiKey,
    });
    expect([early.status, early.body.code]).toEqual([409, 'pipeline_unpublished']);
    const published = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/publish`, { version });
    await app.call(`/v1/pipelines/${key}/default`, { method: 'PUT', key: tenant.apiKey });
    const list = await app.call<{ items: { key: string; is_default: boolean }[] }>(
      '/v1/pipelines',
      {
        key: tenant.apiKey,
      },
    );
    expect(list.body.items.filter((one) => one.is_default).map((one) => one.key)).toEqual([key]);
    const refused = await post(`/v1/pipelines/${key}/archive`, { version: published.body.version });
    expect([refused.status, refused.body.code]).toEqual([409, 'pipeline_is_default']);
    await app.call('/v1/pipelines/adtech/default', { method: 'PUT', key: tenant.apiKey });
    const archived = await post<PipelineDetailAnswer>(`/v1/pipelines/${key}/archive`, {
      version: published.body.version,
    });
    expect(archived.body.archived_at).not.toBeNull();
    const edit = await app.call<Problem>(`/v1/pipelines/${key}/draft`, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { version: archived.body.version, definition: { ...tiny, key } },
    });
    expect([edit.status, edit.body.code]).toEqual([409, 'pipeline_archived']);
  });

  it('gives sources a default of their own', async () => {
    const path = `/v1/source-defaults/${encodeURIComponent('bank/x y')}`;
    const set = await app.call(path, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { pipeline: 'loans' },
    });
    expect(set.status).toBe(200);
    const { body } = await app.call<{ items: unknown[] }>('/v1/source-defaults', {
      key: tenant.apiKey,
    });
    expect(body.items).toEqual([{ source: 'bank/x y', pipeline: 'loans' }]);
    const removed = await app.call(path, { method: 'DELETE', key: tenant.apiKey });
    expect(removed.status).toBe(204);
    const again = await app.call(path, { method: 'DELETE', key: tenant.apiKey });
    expect(again.status).toBe(404);
    const unknown = await app.call<Problem>(path, {
      method: 'PUT',
      key: tenant.apiKey,
      body: { pipeline: 'nope' },
    });
    expect(unknown.status).toBe(404);
  });
});

function bomb(): string {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [index, name] of [...'bcdefghi'].entries()) {
    const below = 'abcdefgh'[index];
    levels.push(`${name}: &${name} [${Array(9).fill(`*${below}`).join(',')}]`);
  }
  return levels.join('\n');
}
