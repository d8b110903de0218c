import { describe, expect, it } from 'vitest';
import type { PipelineDefinition } from './definition.ts';
import { compiled, factsOf, small } from './fixtures.ts';
import { possibleMoves, recordableFacts } from './moves.ts';
import { adtech, credit } from './presets/index.ts';

const pipeline = compiled(small);

function moves(
  change: Partial<PipelineDefinition>,
  gates: readonly string[],
  domains: Readonly<Record<string, string>> = {},
  current?: string,
) {
  const one = compiled({ ...small, ...change });
  const all = possibleMoves(one, factsOf(one, gates, domains), current);
  return Object.fromEntries(all.map(({ stage, ...move }) => [stage, move]));
}

const event = (type: string, data: Record<string, string> = {}) => ({ type, data });
const missing = (
  set: readonly string[],
  clear: readonly string[] = [],
  domains: Record<string, string | null> = {},
) => ({ set, clear, domains });

describe('possibleMoves', () => {
  it('goes through all other stages and endings, in the order of the board', () => {
    expect(possibleMoves(pipeline, factsOf(pipeline, ['asked']))).toEqual([
      { stage: 'new', events: [], missing: missing([], ['asked']) },
      { stage: 'offer', events: [event('offered')], missing: missing(['offered']) },
      {
        stage: 'review',
        events: [],
        missing: missing(['offered'], [], { legal: 'in_review' }),
      },
      { stage: 'won', events: [event('paid')], missing: missing(['paid']) },
      { stage: 'lost', events: [event('lost')], missing: null },
    ]);
  });

  it('falls back only by a cleared gate', () => {
    const from = moves({}, ['asked', 'offered'], { legal: 'in_review' });
    expect(from['talking']).toEqual({
      events: [event('withdrawn')],
      missing: missing([], ['offered']),
    });
    expect(from['offer']).toEqual({
      events: [],
      missing: missing([], ['asked'], { legal: null }),
    });
    expect(from['review']).toBeUndefined();
  });

  it('keeps a deal where it is when rules say less', () => {
    const from = moves({}, ['asked'], {}, 'review');
    expect(from['offer']?.events).toEqual([]);
    expect(from['talking']).toEqual({ events: [], missing: null });
    expect(from['new']).toEqual({ events: [], missing: missing([], ['asked']) });
    expect(from['won']).toEqual({ events: [event('paid')], missing: missing(['paid']) });
    expect(from['review']).toBeUndefined();
  });

  it('falls to what the rules say when an event clears and sets', () => {
    const swap = { type: 'swap', sets: ['asked'], clears: ['paid'] };
    const from = moves({ events: [...small.events, swap] }, ['paid']);
    expect(from['talking']?.events).toEqual([event('swap')]);
  });

  it('does not fall when the cleared gate was not set', () => {
    const clear = { type: 'clear', sets: ['asked'], clears: ['offered'] };
    expect(moves({ events: [clear] }, [], {}, 'offer')['talking']?.events).toEqual([]);
    expect(moves({ events: [clear] }, ['offered'])['talking']?.events).toEqual([event('clear')]);
  });

  it('says which domain stage leads there', () => {
    const from = moves({}, ['offered']);
    expect(from['review']).toEqual({
      events: [event('domain.stage.changed', { system: 'legal', stage: 'in_review' })],
      missing: missing([], [], { legal: 'in_review' }),
    });
  });

  it('counts the domain stage that a mapped event sets, and replaces the old one', () => {
    const begun = {
      type: 'review.began',
      sets: ['offered'],
      domain: { system: 'legal', stage: 'in_review' },
    };
    expect(moves({ events: [begun] }, ['asked'])['review']?.events).toEqual([
      event('review.began'),
    ]);
    const ended = {
      type: 'review.ended',
      clears: ['asked'],
      domain: { system: 'legal', stage: 'done' },
    };
    const from = moves({ events: [ended] }, ['asked', 'offered'], { legal: 'in_review' });
    expect(from['offer']?.events).toEqual([event('review.ended')]);
    const other = {
      type: 'other',
      clears: ['asked'],
      domain: { system: 'crm', stage: 'in_review' },
    };
    expect(
      moves({ events: [other] }, ['asked', 'offered'], { legal: 'in_review' })['offer']?.events,
    ).toEqual([]);
  });

  it('tells systems with stages of the same name apart', () => {
    const rules = [
      { stage: 'won', when: 'domains.crm == "done" && domains.legal == "in_review"' },
      { stage: 'review', when: 'domains.legal == "in_review"' },
      { stage: 'offer', when: 'domains.crm == "done" && domains.dcm == "done"' },
      { stage: 'talking', when: 'domains.dcm == "done"' },
    ];
    const from = moves({ rules }, ['asked'], { legal: 'in_review' });
    const done = (system: string) => event('domain.stage.changed', { system, stage: 'done' });
    expect(from['won']).toEqual({
      events: [done('crm')],
      missing: missing([], [], { crm: 'done' }),
    });
    const other = moves({ rules }, [], { dcm: 'done' });
    expect(other['offer']?.events).toEqual([done('crm')]);
    expect(other['talking']).toBeUndefined();
    expect(moves({ rules }, [])['talking']?.events).toEqual([done('dcm')]);
  });

  it('names an event once, with the data it needs', () => {
    const from = Object.fromEntries(
      possibleMoves(compiled(credit), 0).map((move) => [move.stage, move]),
    );
    const data = { 'lifecycle:transition': 'COMPLETE' };
    expect(from['submitted']?.events).toEqual([event('A_SUBMITTED', data)]);
    expect(from['declined']?.events).toEqual([event('A_DECLINED', data)]);
    expect(moves({}, ['asked'])['offer']?.events).toEqual([event('offered')]);
  });

  it('asks for few facts, earlier ones where several would do', () => {
    const rules = [{ stage: 'won', when: 'gates.offered || gates.paid || gates.asked' }];
    expect(moves({ rules }, [])['won']?.missing).toEqual(missing(['asked']));
    const costly = [
      {
        stage: 'won',
        when: '!gates.asked && !gates.offered || gates.paid && domains.legal == "done"',
      },
    ];
    expect(moves({ rules: costly }, ['asked', 'offered'])['won']?.missing).toEqual(
      missing(['paid'], [], { legal: 'done' }),
    );
  });

  it('has no facts for a stage that no rule gives', () => {
    expect(moves({ rules: [] }, [])['won']).toEqual({ events: [], missing: null });
    const { endings: _, ...without } = small;
    const bare = compiled({ ...without, events: [] });
    expect(possibleMoves(bare, 0).map(({ stage }) => stage)).toEqual([
      'talking',
      'offer',
      'review',
      'won',
    ]);
  });

  it('ignores whether the deal was created', () => {
    expect(possibleMoves(pipeline, 0b1_0001)).toEqual(possibleMoves(pipeline, 0b0001));
  });

  it('lets an ended deal only be reopened', () => {
    const back = { type: 'back', reopens: true, sets: ['paid'] };
    const from = moves({ events: [...small.events, back] }, ['asked'], {}, 'lost');
    expect(from['talking']).toEqual({ events: [event('deal.reopened')], missing: null });
    expect(from['won']).toEqual({ events: [event('back')], missing: null });
    expect(from['offer']).toEqual({ events: [], missing: null });
    expect(from['lost']).toBeUndefined();
  });

  it('shows the way through adtech', () => {
    const one = compiled(adtech);
    const all = possibleMoves(one, factsOf(one, ['qualified', 'has_brief', 'mediaplan_ready']));
    const from = Object.fromEntries(all.map((move) => [move.stage, move]));
    expect(from['offer_ready']?.events).toEqual([event('crm.offer.approved')]);
    expect(from['closing']?.missing).toEqual(missing(['campaign_started', 'invoice_issued']));
    expect(from['contracting']?.missing).toEqual(
      missing(['offer_approved'], [], { docflow: 'contract_in_sign' }),
    );
    expect(from['briefed']).toEqual({
      stage: 'briefed',
      events: [event('media.mediaplan.rejected')],
      missing: missing([], ['mediaplan_ready']),
    });
    expect(from['cancelled']?.events).toEqual([event('contract.revoked'), event('crm.deal.lost')]);
  });
});

describe('recordableFacts', () => {
  it('are all events with what they do, and where the deal is then', () => {
    const facts = recordableFacts(pipeline, factsOf(pipeline, ['asked']), 'talking');
    expect(facts.map(({ effects, stage }) => [effects.type, stage])).toEqual(
      expect.arrayContaining([
        ['offered', 'offer'],
        ['paid', 'won'],
        ['lost', 'lost'],
        ['withdrawn', 'talking'],
      ]),
    );
    expect(facts.filter(({ effects }) => effects.domain !== undefined).at(-1)).toEqual({
      effects: {
        type: 'domain.stage.changed',
        where: { system: 'legal', stage: 'in_review' },
        domain: { system: 'legal', stage: 'in_review' },
      },
      stage: 'talking',
      businessStage: null,
    });
  });

  it('of an ended deal are what reopens it', () => {
    const facts = recordableFacts(pipeline, factsOf(pipeline, ['asked']), 'lost');
    expect(facts).toEqual([
      { effects: { type: 'deal.reopened', reopens: true }, stage: 'talking', businessStage: null },
    ]);
  });

  it('say the business stage, which may change although the stage stays', () => {
    const one = compiled(adtech);
    const facts = recordableFacts(one, factsOf(one, []), 'draft');
    const qualified = facts.find(({ effects }) => effects.type === 'crm.lead.qualified');
    expect(qualified).toMatchObject({ stage: 'draft', businessStage: 'Lead Qualified (ICP/BANT)' });
    const lost = facts.find(({ effects }) => effects.type === 'crm.deal.lost');
    expect(lost).toMatchObject({ stage: 'cancelled', businessStage: null });
  });
});
