import { describe, expect, it } from 'vitest';
import { adtech } from '../pipelines/index.ts';
import { compiled } from '../simulation/fixtures.ts';
import { dataOfFact, factsOf } from './index.ts';
import type { SaidFact } from './index.ts';

const pipeline = compiled(adtech);
const facts = factsOf(pipeline, { gates: {}, domains: {}, createdAt: 0 });
const say = (fact: SaidFact, current = 'draft', of = pipeline) =>
  dataOfFact(of, facts, current, fact);
const refused = { ok: false, refusal: { code: 'fact_not_recordable', field: 'type' } };

describe('a fact that a person says', () => {
  it('is recorded with its comment and nothing else', () => {
    expect(say({ type: 'crm.brief.submitted', data: {} })).toEqual({ ok: true, value: {} });
    expect(say({ type: 'crm.brief.submitted', data: {}, comment: 'By mail' })).toEqual({
      ok: true,
      value: { comment: 'By mail' },
    });
    const data = { system: 'docflow', stage: 'contract_in_sign' };
    expect(say({ type: 'domain.stage.changed', data })).toEqual({ ok: true, value: data });
  });

  it('is one that the pipeline lists', () => {
    for (const type of ['nobody.knows', 'kpi.reported', 'deal.owner.changed', 'deal.updated'])
      expect(say({ type, data: {} })).toMatchObject(refused);
    const data = { system: 'docflow', stage: 'nowhere' };
    expect(say({ type: 'domain.stage.changed', data })).toMatchObject(refused);
  });

  it('creates no deal', () => {
    expect(say({ type: 'crm.deal.created', data: {} })).toMatchObject(refused);
    expect(say({ type: 'deal.created', data: {} })).toMatchObject(refused);
  });

  it('says nothing besides what the pipeline asks for', () => {
    for (const data of [{ owner_id: 'me' }, { toString: 'x' }])
      expect(say({ type: 'crm.brief.submitted', data })).toMatchObject(refused);
    const partial = { system: 'docflow' };
    expect(say({ type: 'domain.stage.changed', data: partial })).toMatchObject(refused);
  });

  it('of an ended deal is only that it goes on', () => {
    expect(say({ type: 'crm.brief.submitted', data: {} }, 'cancelled')).toMatchObject(refused);
    expect(say({ type: 'deal.reopened', data: {} }, 'cancelled').ok).toBe(true);
  });

  it('creates no deal by its comment either', () => {
    const events = [
      { type: 'told', where: { comment: 'yes' }, creates: true },
      { type: 'told', sets: ['has_brief'] },
      ...adtech.events,
    ];
    const of = compiled({ ...adtech, events });
    expect(say({ type: 'told', data: {} }, 'draft', of).ok).toBe(true);
    expect(say({ type: 'told', data: {}, comment: 'yes' }, 'draft', of)).toMatchObject(refused);
  });
});
