import { describe, expect, it } from 'vitest';
import { compiled, factsOf, parseCel } from '../fixtures.ts';
import { definitionFindings } from '../validate.ts';
import { verifyPipeline } from '../verify.ts';
import { adtech, adtechCanonicalCase, credit, presets } from './index.ts';

const GATES = {
  G0: 'qualified',
  G1: 'has_brief',
  G2: 'mediaplan_ready',
  G3: 'offer_approved',
  G4: 'contract_signed',
  G5: 'campaign_started',
  G6: 'invoice_issued',
  G7: 'closeout_completed',
} as const;

type Code = keyof typeof GATES;

function stageOf(
  pipeline: ReturnType<typeof compiled>,
  gates: readonly string[],
  domains: Readonly<Record<string, string>> = {},
): string | undefined {
  return pipeline.definition.stages[pipeline.rankOf(factsOf(pipeline, gates, domains))]?.key;
}

const named = (codes: string): string[] =>
  codes === '' ? [] : codes.split(' ').map((code) => GATES[code as Code]);

describe.each(Object.entries(presets))('preset %s', (key, preset) => {
  it('is well formed, under its own key', () => {
    expect(preset.key).toBe(key);
    expect(definitionFindings(preset, parseCel)).toEqual([]);
    expect(definitionFindings(JSON.parse(JSON.stringify(preset)), parseCel)).toEqual([]);
  });

  it('can be published; nothing moves a deal back and nothing had to be confirmed', () => {
    const verification = verifyPipeline(compiled(preset));
    expect(verification.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(verification.publishable).toBe(true);
    expect(verification.regressions).toEqual([]);
    expect(preset.confirmedRegressions).toBeUndefined();
  });
});

it('ships three presets', () => {
  expect(Object.keys(presets)).toEqual(['adtech', 'adtech-canonical-case', 'credit']);
});

describe('adtech, lifecycle', () => {
  const pipeline = compiled(adtech);

  it.each([
    ['', {}, 'draft'],
    ['G0', {}, 'draft'],
    ['', { docflow: 'contract_in_sign', legal: 'in_review' }, 'draft'],
    ['', { mediapush: 'in_planning' }, 'draft'],
    ['G2', {}, 'draft'],
    ['G3', {}, 'draft'],
    ['G6', {}, 'draft'],
    ['G1', {}, 'briefed'],
    ['G1', { mediapush: 'plan_ready' }, 'briefed'],
    ['G1 G3', {}, 'briefed'],
    ['G1', { mediapush: 'in_planning' }, 'planning'],
    ['G1 G2', {}, 'planning'],
    ['G1 G2', { docflow: 'contract_in_sign' }, 'planning'],
    ['G2 G3', {}, 'offer_ready'],
    ['G1 G2 G3', {}, 'offer_ready'],
    ['G1 G2 G3', { docflow: 'signed', legal: 'terminated' }, 'offer_ready'],
    ['G2 G3', { docflow: 'contract_in_sign' }, 'contracting'],
    ['G2 G3', { legal: 'in_review' }, 'contracting'],
    ['G1 G2 G3', { docflow: 'contract_in_sign', legal: 'in_review' }, 'contracting'],
    ['G4', {}, 'launching'],
    ['G1 G2 G3 G4', { legal: 'in_review' }, 'launching'],
    ['G4 G6', {}, 'launching'],
    ['G5', {}, 'running'],
    ['G1 G2 G3 G4 G5', {}, 'running'],
    ['G5 G6', {}, 'closing'],
    ['G7', {}, 'closed'],
    ['G1 G2 G3 G4 G5 G6 G7', {}, 'closed'],
  ])('%s %j → %s', (codes, domains, stage) => {
    expect(stageOf(pipeline, named(codes), domains as Record<string, string>)).toBe(stage);
  });

  it('has the gates of the source documents, in their order', () => {
    expect(adtech.gates.map(({ code, key }) => [code, key])).toEqual(Object.entries(GATES));
  });

  it('has the nine stages, the last one won', () => {
    expect(adtech.stages.map(({ key }) => key)).toEqual([
      'draft',
      'briefed',
      'planning',
      'offer_ready',
      'contracting',
      'launching',
      'running',
      'closing',
      'closed',
    ]);
    expect(adtech.stages.filter(({ kind }) => kind === 'won').map(({ key }) => key)).toEqual([
      'closed',
    ]);
    expect(adtech.endings).toMatchObject([{ key: 'cancelled', outcome: 'lost' }]);
  });

  it.each([
    ['draft', '', 'Lead Imported', 'pre-sales'],
    ['draft', 'G0', 'Lead Qualified (ICP/BANT)', 'sales'],
    ['briefed', 'G0 G1', 'Brief Received', 'sales'],
    ['planning', '', 'Media Planning', 'account'],
    ['offer_ready', '', 'Offer Formed', 'sales'],
    ['contracting', '', 'Contracting', 'sales'],
    ['launching', '', 'Campaign Launching', 'account'],
    ['running', '', 'Running', 'account'],
    ['closing', '', 'Closing', 'dcm'],
    ['closed', '', 'Post Analysis', 'dwh'],
  ])('calls %s with %s “%s”, answered for by %s', (stage, codes, title, responsible) => {
    const facts = factsOf(pipeline, named(codes));
    expect(pipeline.businessStageOf(stage, facts)).toEqual({ title, responsible });
  });

  it('has no business stage for a cancelled deal', () => {
    expect(pipeline.businessStageOf('cancelled', 0)).toBeNull();
  });

  it('names the responsible role among the roles of each stage', () => {
    for (const { responsible, roles, systems } of adtech.stages) {
      expect(roles).toContain(responsible);
      expect(systems).not.toEqual([]);
    }
  });

  it.each([
    ['crm.lead.qualified', 'lead.qualified', ['qualified'], []],
    ['crm.lead.disqualified', 'lead.disqualified', [], ['qualified']],
    ['crm.brief.submitted', 'brief.submitted', ['has_brief'], []],
    ['crm.brief.withdrawn', 'brief.withdrawn', [], ['has_brief']],
    ['media.mediaplan.ready', 'mediaplan.ready', ['mediaplan_ready'], []],
    ['media.mediaplan.rejected', 'mediaplan.rejected', [], ['mediaplan_ready']],
    ['crm.offer.approved', 'offer.approved', ['offer_approved'], []],
    ['crm.offer.rejected', 'offer.rejected', [], ['offer_approved']],
    ['docflow.contract.signed', 'contract.signed', ['contract_signed'], []],
    ['mediapush.campaign.started', 'campaign.started', ['campaign_started'], []],
    ['mediapush.campaign.aborted', 'campaign.aborted', [], ['campaign_started']],
    ['dcm.invoice.issued', 'invoice.issued', ['invoice_issued'], []],
    ['dcm.invoice.cancelled', 'invoice.cancelled', [], ['invoice_issued']],
    ['dcm.closeout.completed', 'closeout.completed', ['closeout_completed'], []],
  ])('%s and %s do the same', (type, alias, sets, clears) => {
    const mask = (gates: readonly string[]) => factsOf(pipeline, gates);
    for (const spelling of [type, alias]) {
      const [only, ...others] = pipeline.mappings.get(spelling) ?? [];
      expect(others).toEqual([]);
      expect(only).toMatchObject({ setMask: mask(sets), clearMask: mask(clears) });
      expect(only?.mapping.creates ?? only?.mapping.ends).toBeUndefined();
    }
  });

  it.each(['crm.deal.created', 'lead.created'])('%s creates', (type) => {
    expect(pipeline.mappings.get(type)).toMatchObject([{ mapping: { creates: true }, setMask: 0 }]);
  });

  it.each(['contract.revoked', 'docflow.contract.revoked', 'crm.deal.lost', 'deal.lost'])(
    '%s ends the deal as cancelled',
    (type) => {
      expect(pipeline.mappings.get(type)).toMatchObject([{ mapping: { ends: 'cancelled' } }]);
    },
  );

  it('maps nothing else, and knows the figures of campaigns and answers of clients', () => {
    expect(adtech.events).toHaveLength(17);
    expect(adtech.knownTypes).toEqual(['kpi.reported', 'nps.answered']);
  });

  it('announces an approved offer and the first invoice', () => {
    const announced = adtech.gates.flatMap(({ key, announces }) =>
      announces ? [[key, announces]] : [],
    );
    expect(announced).toEqual([
      ['offer_approved', 'offer.approved'],
      ['invoice_issued', 'billing.ready'],
    ]);
  });

  const HOUR = 3_600_000;
  it.each([
    ['lead_to_brief', 8 * HOUR, ['crm']],
    ['brief_to_offer', 48 * HOUR, ['mediapush']],
    ['offer_to_contract', 72 * HOUR, ['legal', 'docflow']],
    ['contract_to_launch', 48 * HOUR, ['mediapush']],
    ['launch_to_close', 720 * HOUR, ['dcm', 'dwh']],
  ])('%s is due after %i ms, accountable are %j', (key, elapsed, accountable) => {
    expect(pipeline.timers.find((timer) => timer.key === key)?.dueTime(1_000)).toBe(
      elapsed + 1_000,
    );
    expect(adtech.timers?.find((timer) => timer.key === key)?.accountable).toEqual(accountable);
  });

  it.each([
    ['lead_to_brief', 'created', 'G1'],
    ['brief_to_offer', 'G1', 'G2 G3'],
    ['offer_to_contract', 'G2 G3', 'G4'],
    ['contract_to_launch', 'G4', 'G5'],
    ['launch_to_close', 'G5', 'G7'],
  ])('%s starts with %s and stops with %s', (key, start, stop) => {
    const timer = pipeline.timers.find((one) => one.key === key);
    const created = 1 << pipeline.createdBit;
    const started = start === 'created' ? created : factsOf(pipeline, named(start));
    expect(timer?.start(started)).toBe(true);
    expect(timer?.start(0)).toBe(false);
    expect(timer?.stop(factsOf(pipeline, named(stop)))).toBe(true);
    expect(timer?.stop(started)).toBe(false);
    for (const one of stop.split(' ').slice(1)) {
      expect(timer?.stop(factsOf(pipeline, named(one)))).toBe(false);
    }
  });
});

describe('adtech, canonical case', () => {
  const pipeline = compiled(adtechCanonicalCase);

  it.each([
    ['', 'draft'],
    ['G0', 'draft'],
    ['G2', 'draft'],
    ['G1', 'briefed'],
    ['G1 G2', 'briefed'],
    ['G2 G3', 'offer_ready'],
    ['G1 G2 G3', 'offer_ready'],
    ['G4', 'contracting'],
    ['G1 G2 G3 G4', 'contracting'],
    ['G4 G6', 'contracting'],
    ['G5', 'running'],
    ['G5 G6', 'closing'],
    ['G7', 'closed'],
    ['G1 G2 G3 G4 G5 G6 G7', 'closed'],
  ])('%s → %s', (codes, stage) => {
    expect(stageOf(pipeline, named(codes))).toBe(stage);
  });

  it('shares everything but key, title, stages and rules', () => {
    const { key, title, stages, rules, ...shared } = adtechCanonicalCase;
    expect(adtech).toMatchObject(shared);
    expect([key, title]).not.toContain(adtech.key);
    expect(stages.every((stage) => adtech.stages.includes(stage))).toBe(true);
    expect(stages.map((stage) => stage.key)).not.toContain('planning');
    expect(rules).toHaveLength(6);
  });

  it('reads no domain stages', () => {
    expect(pipeline.comparisons).toEqual([]);
  });
});

describe('credit', () => {
  const pipeline = compiled(credit);

  it.each([
    [[], 'draft'],
    [['finalized'], 'draft'],
    [['submitted'], 'submitted'],
    [['preaccepted'], 'preaccepted'],
    [['accepted', 'preaccepted', 'submitted'], 'processing'],
    [['offer_sent', 'accepted'], 'offer'],
    [['offer_returned', 'offer_sent'], 'validating'],
    [['approved', 'offer_returned'], 'approved'],
    [['disbursed', 'approved'], 'disbursed'],
  ])('%j → %s', (gates, stage) => {
    expect(stageOf(pipeline, gates)).toBe(stage);
  });

  it('has the stages in order, disbursed is won', () => {
    expect(credit.stages.map(({ key }) => key).join()).toBe(
      'draft,submitted,preaccepted,processing,offer,validating,approved,disbursed',
    );
    expect(credit.stages.flatMap(({ key, kind }) => (kind === 'won' ? [key] : []))).toEqual([
      'disbursed',
    ]);
  });

  it.each([
    ['A_SUBMITTED', { creates: true, sets: ['submitted'] }],
    ['A_PREACCEPTED', { sets: ['preaccepted'] }],
    ['A_ACCEPTED', { sets: ['accepted'] }],
    ['A_FINALIZED', { sets: ['finalized'] }],
    ['O_SENT', { sets: ['offer_sent'] }],
    ['O_SENT_BACK', { sets: ['offer_returned'] }],
    ['O_CANCELLED', { clears: ['offer_sent', 'offer_returned'] }],
    ['A_APPROVED', { sets: ['approved'] }],
    ['A_ACTIVATED', { sets: ['disbursed'] }],
    ['A_DECLINED', { ends: 'declined' }],
    ['A_CANCELLED', { ends: 'cancelled' }],
  ])('%s, when complete: %j', (type, effect) => {
    const where = { 'lifecycle:transition': 'COMPLETE' };
    expect(credit.events.filter((event) => event.type === type)).toEqual([
      { type, where, ...effect },
    ]);
  });

  it('maps eleven activities; both endings are lost', () => {
    expect(credit.events).toHaveLength(11);
    expect(credit.endings?.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['declined', 'lost'],
      ['cancelled', 'lost'],
    ]);
  });

  const HOUR = 3_600_000;
  it.each([
    ['submit_to_accept', ['submitted'], [['accepted']], 24 * HOUR],
    [
      'offer_to_return',
      ['offer_sent'],
      [['offer_returned'], ['approved'], ['disbursed']],
      336 * HOUR,
    ],
    ['return_to_decision', ['offer_returned'], [['approved']], 72 * HOUR],
  ] as const)('%s', (key, start, stops, elapsed) => {
    const timer = pipeline.timers.find((one) => one.key === key);
    expect(timer?.start(factsOf(pipeline, start))).toBe(true);
    expect(timer?.start(0)).toBe(false);
    expect(timer?.stop(factsOf(pipeline, start))).toBe(false);
    for (const stop of stops) expect(timer?.stop(factsOf(pipeline, stop))).toBe(true);
    expect(timer?.dueTime(0)).toBe(elapsed);
  });
});
