import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { runCli } from '../../../test/support/cli.ts';
import type { CliRun } from '../../../test/support/cli.ts';
import { sampleXes } from '../../features/files/formats/spec-support.ts';
import type { SampleEvent } from '../../features/files/formats/spec-support.ts';
import type { ReplayReport } from './report.ts';

const dataDir =
  process.env['MAK_DATA_DIR'] ?? resolve(import.meta.dirname, '../../../../../../shared/data');
const realLog = join(dataDir, 'bpic2012.xes.gz');
const HOUR = 3_600_000;

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'mak-replay-'));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function mak(args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> {
  return runCli(['replay', ...args], {
    MAK_URL: app.url,
    MAK_OPERATOR_KEY: app.operatorKey,
    MAK_STATE_DIR: join(folder, 'state'),
    ...env,
  });
}

/** The last line of a run that must succeed, without the time it took. */
async function counts(args: readonly string[]): Promise<Omit<ReplayReport, 'seconds'>> {
  const { status, stdout, stderr } = await mak([...args, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { seconds, ...report } = JSON.parse(
    stdout.trimEnd().split('\n').at(-1) ?? '',
  ) as ReplayReport;
  expect(seconds).toBeGreaterThan(0);
  return report;
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** One case of each kind, by hand: hours after the beginning, activity, lifecycle. */
const KINDS: readonly (readonly (readonly [number, string, string?])[])[] = [
  // Paid out: accepted in time, returned in time, decided late.
  [
    [0, 'A_SUBMITTED'],
    [0, 'A_PARTLYSUBMITTED'],
    [1, 'A_PREACCEPTED'],
    [2, 'A_ACCEPTED'],
    [3, 'O_SENT'],
    [4, 'W_Call', 'START'],
    [5, 'O_SENT_BACK'],
    [80, 'A_APPROVED'],
    [80, 'A_ACTIVATED'],
  ],
  // The offer is cancelled, which lowers the stage, and sent again; then nothing.
  [
    [0, 'A_SUBMITTED'],
    [30, 'A_ACCEPTED'],
    [31, 'O_SENT'],
    [40, 'O_CANCELLED'],
    [41, 'O_SENT'],
  ],
  // Declined at once; what comes later is stored and has no effect.
  [
    [0, 'A_SUBMITTED'],
    [1, 'A_DECLINED'],
    [2, 'A_ACCEPTED'],
    [2, 'A_CANCELLED'],
  ],
  // Two events of one instant: the order of the log decides that the end comes second.
  [
    [0, 'A_SUBMITTED'],
    [9, 'A_PREACCEPTED'],
    [9, 'A_CANCELLED'],
    [400, 'O_SENT', 'SCHEDULE'],
  ],
];
const COPIES = 50;
const BEGIN = Date.UTC(2024, 4, 6);

function sampleLog(): string {
  const cases: Record<string, SampleEvent[]> = {};
  for (let copy = 0; copy < COPIES; copy += 1) {
    KINDS.forEach((steps, kind) => {
      cases[`${copy}-${kind}`] = steps.map(([hours, type, lifecycle = 'COMPLETE']) => ({
        type,
        lifecycle,
        time: new Date(BEGIN + hours * HOUR).toISOString(),
      }));
    });
  }
  return sampleXes(cases);
}

const SAMPLE_COUNTS = {
  deals: 4 * COPIES,
  events_read: 22 * COPIES,
  events_applied: 19 * COPIES,
  // Submitted, preaccepted, processing, offer, validating, approved, disbursed; submitted, processing, offer, processing, offer; submitted, declined; submitted, preaccepted, cancelled.
  transitions: (7 + 5 + 2 + 3) * COPIES,
  stages: { offer: COPIES, disbursed: COPIES, declined: COPIES, cancelled: COPIES },
  sla: {
    offer_to_return: {
      runs: 3 * COPIES,
      met: COPIES,
      breached: COPIES,
      cancelled: COPIES,
      running: 0,
    },
    return_to_decision: { runs: COPIES, met: 0, breached: COPIES, cancelled: 0, running: 0 },
    submit_to_accept: {
      runs: 4 * COPIES,
      met: COPIES,
      breached: COPIES,
      cancelled: 2 * COPIES,
      running: 0,
    },
  },
  as_of: new Date(BEGIN + 400 * HOUR).toISOString(),
};

describe('mak replay', () => {
  it('counts a sample the same in order, shuffled, with repeats, and all of it', async () => {
    const log = file('sample.xes.gz', gzipSync(sampleLog()));
    const common = [log, '--pipeline', 'credit'];
    expect(await counts(common)).toEqual(SAMPLE_COUNTS);
    expect(await counts([...common, '--shuffle', '1'])).toEqual(SAMPLE_COUNTS);
    expect(await counts([...common, '--duplicate', '0.5', '--concurrency', '3'])).toEqual(
      SAMPLE_COUNTS,
    );
    expect(await counts([...common, '--shuffle', 'seven', '--duplicate', '1'])).toEqual(
      SAMPLE_COUNTS,
    );
  });

  it('goes on in a tenant of that name', async () => {
    const whole = gzipSync(sampleLog());
    const part = file('part.xes.gz', whole.subarray(0, whole.length >> 1));
    const broken = await mak([part, '--pipeline', 'credit', '--tenant', 'Loans 2024', '--json']);
    expect(broken).toMatchObject({ status: 1, stdout: '' });
    expect(broken.stderr).toMatch(
      /gzip file is cut off.*\n.*\d+ events were read before that and sent; they are in the tenant loans-2024/,
    );
    const again = [file('whole.xes.gz', whole), '--pipeline', 'credit', '--tenant', 'Loans 2024'];
    expect(await counts(again)).toEqual(SAMPLE_COUNTS);
    expect(await counts(again)).toEqual(SAMPLE_COUNTS);
  });

  it('takes a pipeline and a mapping of the user, in YAML and JSON', async () => {
    const pipeline = file(
      'tickets.yaml',
      `key: tickets
title: Tickets
gates:
  - { key: opened, title: Opened }
  - { key: solved, title: Solved }
events:
  - { type: open, creates: true, sets: [opened] }
  - { type: solve, sets: [solved] }
  - { type: reopen, clears: [solved] }
stages:
  - { key: idle, title: Idle }
  - { key: work, title: In work }
  - { key: done, title: Done, kind: won }
rules:
  - { stage: done, when: gates.solved }
  - { stage: work, when: gates.opened }
timers:
  - { key: solve, start: gates.opened, stop: gates.solved, target: { amount: 2, unit: hours } }
`,
    );
    const mapping = file(
      'mapping.json',
      JSON.stringify({
        case: 'Ticket',
        type: { column: 'What', rename: { Открыт: 'open', Решён: 'solve' } },
        time: { column: 'When', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Kyiv' },
      }),
    );
    const rows =
      'Ticket;What;When\n1;Открыт;01.02.2024 10:00\n1;Решён;01.02.2024 11:00\n1;note;01.02.2024 11:30\n2;Открыт;01.02.2024 10:00\n';
    const table = file('tickets.csv', Buffer.from(encodeWindows1251(rows), 'latin1'));
    const args = [table, '--pipeline', pipeline, '--mapping', mapping];
    const refused = await mak(args);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/not UTF-8.*--encoding windows-1251/);
    expect(await counts([...args, '--encoding', 'windows-1251'])).toEqual({
      deals: 2,
      events_read: 4,
      events_applied: 3,
      transitions: 3,
      stages: { work: 1, done: 1 },
      sla: { solve: { runs: 2, met: 1, breached: 0, cancelled: 0, running: 1 } },
      as_of: '2024-02-01T09:30:00.000Z',
    });
  });

  it('takes the definition and the mapping that the documentation shows', async () => {
    const example = (name: string): string => {
      const text = readFileSync(
        resolve(import.meta.dirname, '../../../../../docs/integrators', name),
        'utf8',
      );
      return /^```yaml\n(.*?)^```$/ms.exec(text)?.[1] ?? '';
    };
    const pipeline = file('documented.yaml', example('pipeline-definition.md'));
    const mapping = file('documented-mapping.yaml', example('files.md'));
    const head = 'Deal number;Status;When;Id;Phase;Manager;Trace;Lead;Title;Sum;City;Extra';
    const row = '5;Оплата;01.02.2024 10:00;e1;COMPLETE;Ann;t1;77;Roof;12,50;Lviv;x';
    expect(
      await counts([
        file(
          'documented.csv',
          `${head}\n${row}\n${row.replace('Оплата', 'opened').replace('e1', 'e2')}\n`,
        ),
        ...['--pipeline', pipeline, '--mapping', mapping],
      ]),
    ).toMatchObject({ deals: 1, events_read: 2, events_applied: 1, stages: { waiting: 1 } });
  });

  it('takes envelopes in JSON Lines without a mapping, and tells which events were refused', async () => {
    const line = (id: string, type: string, time: string): string =>
      JSON.stringify({
        event_id: id,
        type,
        source: 'crm',
        occurred_at: time,
        external_refs: [{ system: 'crm', id: 'd1' }],
        data: {},
      });
    const log = file(
      'adtech.jsonl',
      [
        line('1', 'crm.deal.created', '2024-01-01T00:00:00Z'),
        line('2', 'crm.brief.submitted', '2024-01-01T01:00:00Z'),
        line('old', 'x', '1980-01-01T00:00:00Z'),
        'not json',
      ].join('\n'),
    );
    const { status, stdout, stderr } = await mak([log, '--pipeline', 'adtech', '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      deals: 1,
      events_read: 4,
      events_applied: 2,
      stages: { briefed: 1 },
      as_of: '2024-01-01T01:00:00.000Z',
    });
    expect(stderr).toContain('2 events did not come in');
    expect(stderr).toMatch(/old: too_old: /);
    expect(stderr).toMatch(/no. 4: malformed_json: /);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'a file that is not there',
      () => ['nowhere.xes', '--pipeline', 'credit'],
      /nowhere.xes does not exist/,
    ],
    [
      'a pipeline that is not there',
      () => [file('a.xes', '<log/>'), '--pipeline', 'credits'],
      /There is no pipeline credits/,
    ],
    [
      'a pipeline that cannot be published',
      () => [
        file('b.xes', '<log/>'),
        '--pipeline',
        file('bad.json', '{"key":"bad","title":"Bad"}'),
      ],
      /The pipeline cannot be published/,
    ],
    [
      'a mapping with a mistake',
      () => [
        file('c.csv', 'a\n1\n'),
        '--pipeline',
        'credit',
        '--mapping',
        file('bad.yaml', 'case: a\nkase: b\n'),
      ],
      /mapping.kase/,
    ],
    [
      'a share beyond 1',
      () => [file('d.xes', '<log/>'), '--pipeline', 'credit', '--duplicate', '2'],
      /--duplicate 2 is not a number from 0 to 1/,
    ],
    ['an empty file', () => [file('e.xes', ''), '--pipeline', 'credit'], /The file is empty/],
  ])('refuses %s', async (_name, args, message) => {
    const { status, stdout, stderr } = await mak(args());
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('defect');
  });

  it('names a wrong operator key', async () => {
    const { status, stderr } = await mak([file('f.xes', '<log/>'), '--pipeline', 'credit'], {
      MAK_OPERATOR_KEY: 'wrong-wrong-wrong-wrong-wrong-wrong-wrong',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('The operator key is wrong');
  });
});

/** Counts of the loan log, computed apart from this product by a plain fold over the file. */
const LOAN_COUNTS = {
  deals: 13_087,
  events_read: 262_200,
  events_applied: 59_655,
  transitions: 53_111,
  stages: {
    preaccepted: 69,
    processing: 3,
    offer: 240,
    validating: 87,
    disbursed: 2_246,
    declined: 7_635,
    cancelled: 2_807,
  },
  sla: {
    offer_to_return: { runs: 7_030, met: 3_004, breached: 1_864, cancelled: 2_090, running: 72 },
    return_to_decision: { runs: 3_454, met: 870, breached: 2_029, cancelled: 517, running: 38 },
    submit_to_accept: { runs: 13_087, met: 4_051, breached: 2_352, cancelled: 6_684, running: 0 },
  },
  as_of: '2012-03-14T15:04:54.681Z',
};

// The project does not ship the log: MAK_DATA_DIR, or ../shared/data beside the checkout, has it.
describe.skipIf(!existsSync(realLog))('the loan log of the BPI Challenge 2012', () => {
  it(
    'has the counts of a plain fold, also shuffled and with repeats',
    { timeout: 600_000 },
    async () => {
      expect(
        await counts([realLog, '--pipeline', 'credit', '--shuffle', '2012', '--duplicate', '0.1']),
      ).toEqual(LOAN_COUNTS);
    },
  );
});

/** Cyrillic letters as bytes of Windows-1251, each byte a character. */
function encodeWindows1251(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code >= 0x410 && code <= 0x44f) return String.fromCodePoint(code - 0x410 + 0xc0);
      return letter === 'ё' ? '\u00b8' : letter;
    })
    .join('');
}
