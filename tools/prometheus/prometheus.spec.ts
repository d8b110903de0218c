import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { promtool } from './promtool.ts';

/** What Prometheus itself says of the rules and of the questions that the dashboard asks. */
const checkout = resolve(import.meta.dirname, '../..');
const folder = join(checkout, 'deploy/prometheus');
const program = promtool(join(checkout, '.mak/tools'));
const work = mkdtempSync(join(tmpdir(), 'mak-promtool-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function check(...args: string[]): { readonly status: number | null; readonly said: string } {
  const ran = spawnSync(program ?? '', args, { cwd: folder, encoding: 'utf8' });
  return { status: ran.status, said: `${ran.stdout}${ran.stderr}` };
}

const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string() })) })),
});
const testsSchema = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z.array(
        z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) }),
      ),
    }),
  ),
});
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

describe.skipIf(program === null)('the alert rules', () => {
  it('are rules', () => {
    const { status, said } = check('check', 'rules', 'mak.rules.yml');
    expect(said).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('speak when they should, and only then', () => {
    const { status, said } = check('test', 'rules', 'mak.rules.test.yml');
    expect(said).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('are told apart from rules that never speak', () => {
    const silent = readFileSync(join(folder, 'mak.rules.yml'), 'utf8').replaceAll('> 900', '> 9e9');
    writeFileSync(join(work, 'mak.rules.yml'), silent);
    const tests = readFileSync(join(folder, 'mak.rules.test.yml'), 'utf8');
    writeFileSync(join(work, 'mak.rules.test.yml'), tests);
    const { status, said } = check('test', 'rules', join(work, 'mak.rules.test.yml'));
    expect(status).not.toBe(0);
    expect(said).toContain('MakSyncLag');
  });
});

describe('each alert rule', () => {
  const { groups } = rulesSchema.parse(read('mak.rules.yml'));
  const told = testsSchema
    .parse(read('mak.rules.test.yml'))
    .tests.flatMap(({ alert_rule_test: checks }) => checks);
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));

  it.each(alerts)('%s is tried while all is well and while something is wrong', (alert) => {
    const tries = told.filter(({ alertname }) => alertname === alert);
    const alarms = tries.map(({ exp_alerts: expected }) => expected.length > 0);
    expect(new Set(alarms)).toEqual(new Set([true, false]));
  });
});

describe.skipIf(program === null)('the dashboard', () => {
  const dashboardSchema = z.object({
    panels: z.array(
      z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
    ),
  });
  const { panels } = dashboardSchema.parse(
    JSON.parse(readFileSync(join(checkout, 'deploy/grafana/mak-sync.json'), 'utf8')),
  );

  it('asks questions that Prometheus understands', () => {
    const rules = panels.flatMap(({ targets }, panel) =>
      targets.map(({ expr }, target) => ({
        record: `dashboard:panel_${panel}:target_${target}`,
        // As Grafana fills its variables in.
        expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$connector', '.*'),
      })),
    );
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter(({ expr }) => expr.includes('$'))).toEqual([]);
    const file = join(work, 'dashboard.yml');
    writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { status, said } = check('check', 'rules', file);
    expect(said).toContain(`${rules.length} rules found`);
    expect(status).toBe(0);
  });
});
