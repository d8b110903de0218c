import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../basics/index.ts';
import { adtech, adtechCanonicalCase, credit } from '../pipelines/presets/index.ts';
import { compiled, day, event, START } from '../simulation/fixtures.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import type { DomainEvent, JsonObject } from './index.ts';
import { fold, missingGates, runStatus } from './index.ts';

/** One event a day, in the order of the list; a pair is a type with data. */
function daily(steps: readonly (string | readonly [string, JsonObject])[]): DomainEvent[] {
  return steps.map((step, index) =>
    typeof step === 'string' ? event(step, day(index)) : event(step[0], day(index), step[1]),
  );
}

function visited(pipeline: CompiledPipeline, events: readonly DomainEvent[]): string[] {
  return fold(pipeline, events).transitions.map(({ to }) => to);
}

const domain = (system: string, stage: string) =>
  ['domain.stage.changed', { system, stage }] as const;

const whole = [
  'crm.deal.created',
  'crm.lead.qualified',
  'crm.brief.submitted',
  domain('mediapush', 'in_planning'),
  'media.mediaplan.ready',
  'crm.offer.approved',
  domain('docflow', 'contract_in_sign'),
  'docflow.contract.signed',
  'mediapush.campaign.started',
  'dcm.invoice.issued',
  'dcm.closeout.completed',
] as const;

describe('adtech, lifecycle', () => {
  const pipeline = compiled(adtech);

  it('walks from draft to closed', () => {
    const story = fold(pipeline, daily(whole));
    expect(story.transitions.map(({ to }) => to)).toEqual([
      'briefed',
      'planning',
      'offer_ready',
      'contracting',
      'launching',
      'running',
      'closing',
      'closed',
    ]);
    expect(story.state).toMatchObject({
      outcome: 'won',
      closedAt: day(10),
      ended: false,
      openRuns: [],
    });
    expect(missingGates(pipeline, story.state)).toEqual([]);
    expect(
      story.runs.map((run) => [
        run.timer,
        run.openedAt,
        run.dueAt - run.openedAt,
        run.closedAt,
        runStatus(run, day(99)),
      ]),
    ).toEqual([
      ['lead_to_brief', day(0), 8 * HOUR, day(2), 'breached'],
      ['brief_to_offer', day(2), 2 * DAY, day(5), 'breached'],
      ['offer_to_contract', day(5), 3 * DAY, day(7), 'met'],
      ['contract_to_launch', day(7), 2 * DAY, day(8), 'met'],
      ['launch_to_close', day(8), 30 * DAY, day(10), 'met'],
    ]);
  });

  it('takes the spellings of the other source document', () => {
    const short = [
      'lead.created',
      'brief.submitted',
      'mediaplan.ready',
      'offer.approved',
      'contract.signed',
      'campaign.started',
      'invoice.issued',
      'closeout.completed',
    ];
    const long = [
      'crm.deal.created',
      'crm.brief.submitted',
      'media.mediaplan.ready',
      'crm.offer.approved',
      'docflow.contract.signed',
      'mediapush.campaign.started',
      'dcm.invoice.issued',
      'dcm.closeout.completed',
    ];
    expect(visited(pipeline, daily(short))).toEqual(visited(pipeline, daily(long)));
    expect(visited(pipeline, daily(short))).toEqual([
      'briefed',
      'planning',
      'offer_ready',
      'launching',
      'running',
      'closing',
      'closed',
    ]);
  });

  it('either legal or docflow makes it contracting', () => {
    const offered = [
      'lead.created',
      'brief.submitted',
      'mediaplan.ready',
      'offer.approved',
    ] as const;
    expect(visited(pipeline, daily([...offered, domain('legal', 'in_review')])).at(-1)).toBe(
      'contracting',
    );
    expect(visited(pipeline, daily([...offered, domain('legal', 'terminated')])).at(-1)).toBe(
      'offer_ready',
    );
    expect(visited(pipeline, daily([...offered, domain('docflow', 'signed')])).at(-1)).toBe(
      'offer_ready',
    );
  });

  it('a review that flickers keeps the stage; a rejected offer takes it back', () => {
    const steps = [
      'lead.created',
      'brief.submitted',
      'mediaplan.ready',
      'offer.approved',
      domain('legal', 'in_review'),
      domain('legal', 'terminated'),
    ] as const;
    expect(fold(pipeline, daily(steps)).state.stage).toBe('contracting');
    expect(fold(pipeline, daily([...steps, 'crm.offer.rejected'])).state.stage).toBe('planning');
  });

  it('clears: an aborted campaign, a rejected plan, a withdrawn brief, a cancelled invoice', () => {
    const steps = daily([
      ...whole.slice(0, 10),
      'dcm.invoice.cancelled',
      'mediapush.campaign.aborted',
      'media.mediaplan.rejected',
      'crm.brief.withdrawn',
      'crm.lead.disqualified',
    ]);
    expect(visited(pipeline, steps).slice(7)).toEqual(['running', 'launching']);
    expect(fold(pipeline, steps).state.gates).toMatchObject({
      qualified: false,
      has_brief: false,
      mediaplan_ready: false,
      offer_approved: true,
      contract_signed: true,
      campaign_started: false,
      invoice_issued: false,
    });
  });

  it('warns of gates that were jumped over', () => {
    const { state } = fold(pipeline, daily(['lead.created', 'campaign.started']));
    expect(state.stage).toBe('running');
    expect(missingGates(pipeline, state)).toEqual([
      'qualified',
      'has_brief',
      'mediaplan_ready',
      'offer_approved',
      'contract_signed',
    ]);
  });

  it.each(['contract.revoked', 'crm.deal.lost'])('%s ends it, lost; it can come back', (type) => {
    const lost = daily([...whole.slice(0, 8), type]);
    expect(fold(pipeline, lost).state).toMatchObject({
      stage: 'cancelled',
      outcome: 'lost',
      ended: true,
      openRuns: [],
    });
    const back = fold(pipeline, [...lost, event('deal.reopened', day(20))]);
    expect(back.state).toMatchObject({ stage: 'launching', outcome: null, ended: false });
    expect(back.state.openRuns).toMatchObject([{ timer: 'contract_to_launch', openedAt: day(20) }]);
  });

  it('KPI and NPS move nothing', () => {
    expect(fold(pipeline, daily(['lead.created', 'kpi.reported', 'nps.answered'])).effects).toEqual(
      ['applied', 'stored', 'stored'],
    );
  });
});

describe('adtech, canonical case', () => {
  it('walks the same events through its own stages', () => {
    const pipeline = compiled(adtechCanonicalCase);
    expect(visited(pipeline, daily(whole))).toEqual([
      'briefed',
      'offer_ready',
      'contracting',
      'running',
      'closing',
      'closed',
    ]);
  });

  it('is a migration away: the same events, another history', () => {
    const events = daily(whole.slice(0, 8));
    expect(fold(compiled(adtech), events).state.stage).toBe('launching');
    expect(fold(compiled(adtechCanonicalCase), events).state.stage).toBe('contracting');
  });
});

describe('credit', () => {
  const pipeline = compiled(credit);
  const complete = { 'lifecycle:transition': 'COMPLETE' };
  const log = (...steps: (readonly [string, number])[]): DomainEvent[] =>
    steps.map(([type, hours], index) =>
      event(type, START + hours * HOUR, complete, {
        source: 'xes',
        eventId: `173688/${String(index).padStart(6, '0')}`,
      }),
    );

  it('walks an application that is paid out', () => {
    const story = fold(
      pipeline,
      log(
        ['A_SUBMITTED', 0],
        ['A_PARTLYSUBMITTED', 0],
        ['A_PREACCEPTED', 1],
        ['A_ACCEPTED', 20],
        ['O_SELECTED', 21],
        ['A_FINALIZED', 21],
        ['O_SENT', 22],
        ['O_SENT_BACK', 300],
        ['A_APPROVED', 400],
        ['A_ACTIVATED', 400],
      ),
    );
    expect(story.transitions.map(({ to }) => to)).toEqual([
      'submitted',
      'preaccepted',
      'processing',
      'offer',
      'validating',
      'approved',
      'disbursed',
    ]);
    expect(story.transitions[0]).toMatchObject({
      from: 'draft',
      by: { source: 'xes', eventId: '173688/000000' },
    });
    expect(story.effects.filter((effect) => effect === 'stored')).toHaveLength(2);
    expect(story.state).toMatchObject({ outcome: 'won', ended: false });
    expect(story.runs.map((run) => [run.timer, runStatus(run, day(99))])).toEqual([
      ['submit_to_accept', 'met'],
      ['offer_to_return', 'met'],
      ['return_to_decision', 'breached'],
    ]);
  });

  it('only completed activities count', () => {
    const scheduled = event('A_SUBMITTED', START, { 'lifecycle:transition': 'SCHEDULE' });
    expect(fold(pipeline, [scheduled]).effects).toEqual(['stored']);
    expect(fold(pipeline, [event('A_SUBMITTED', START)]).effects).toEqual(['stored']);
  });

  it('a cancelled offer goes back to processing, its run is cancelled and a new one opens', () => {
    const story = fold(
      pipeline,
      log(
        ['A_SUBMITTED', 0],
        ['A_PREACCEPTED', 1],
        ['A_ACCEPTED', 2],
        ['O_SENT', 3],
        ['O_CANCELLED', 4],
        ['O_SENT', 5],
        ['O_SENT_BACK', 6],
        ['O_CANCELLED', 7],
      ),
    );
    expect(story.transitions.map(({ to }) => to).slice(3)).toEqual([
      'offer',
      'processing',
      'offer',
      'validating',
      'processing',
    ]);
    expect(story.runs.map(({ timer, closedAs }) => [timer, closedAs])).toEqual([
      ['submit_to_accept', 'met'],
      ['offer_to_return', 'cancelled'],
      ['offer_to_return', 'met'],
      ['return_to_decision', 'cancelled'],
    ]);
  });

  it.each([
    ['A_DECLINED', 'declined'],
    ['A_CANCELLED', 'cancelled'],
  ])('%s ends it', (type, stage) => {
    const story = fold(
      pipeline,
      log(['A_SUBMITTED', 0], [type, 30], ['O_CANCELLED', 30], ['A_ACCEPTED', 31]),
    );
    expect(story.state).toMatchObject({
      stage,
      outcome: 'lost',
      ended: true,
      gates: { accepted: false },
    });
    expect(story.effects).toEqual(['applied', 'applied', 'stored', 'stored']);
    expect(story.runs.map((run) => runStatus(run, day(99)))).toEqual(['breached']);
  });

  it('equal times keep the order of the log', () => {
    const story = fold(
      pipeline,
      log(['A_SUBMITTED', 0], ['A_PREACCEPTED', 0], ['A_ACCEPTED', 0]).toReversed(),
    );
    expect(story.transitions.map(({ to }) => to)).toEqual([
      'submitted',
      'preaccepted',
      'processing',
    ]);
  });

  it('begins as a draft', () => {
    expect(fold(pipeline, []).state.stage).toBe('draft');
  });
});
