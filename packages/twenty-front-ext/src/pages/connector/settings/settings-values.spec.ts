import { describe, expect, it } from 'vitest';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { Problem } from '../../../app/data/problem.ts';
import { problemAt } from './field-errors.ts';
import { isKept } from './optional-kinds.ts';
import { withPair } from './pairs.ts';
import { inputOf, valuesOf, withKey } from './settings-values.ts';

const highest = { burst: 20, perSecond: 80 };
const connector: ConnectorLineFragment = {
  key: 'twenty',
  title: 'twenty',
  state: 'running',
  reason: null,
  reasonCode: null,
  silence: null,
  settings: {
    address: 'https://crm.example',
    calls_per_minute: 500,
    people: [{ mak: 'a@b.example', twenty: 'c@d.example' }],
    opportunities: { pipeline: 'one', since: '2026-03-01T12:30:00Z' },
  },
  hasSecrets: true,
  hasStatuses: false,
  hasMessages: false,
  heardAt: null,
  stageTables: [],
  chosen: [{ entity: 'deal', ids: ['a'], pipelines: null, createdThere: true }],
  pace: null,
  dryRun: true,
  pollSeconds: 60,
  version: 4,
  budget: { burst: 10, perSecond: 8 },
  highestBudget: highest,
  entities: [
    { name: 'deal', enabled: true, absent: null, fields: [] },
    { name: 'stage', enabled: false, absent: null, fields: [] },
    { name: 'opportunity', enabled: true, absent: null, fields: [] },
  ],
  resync: null,
  health: {
    pending: 0,
    pendingPeople: 0,
    deadLetters: 0,
    divergent: 0,
    conflicts: 0,
    linked: 0,
    lagSeconds: 0,
    writtenDay: 0,
    refusedDay: 0,
    successRate: null,
    lastSyncedAt: null,
    polledAt: null,
    hours: [],
  },
};

describe('the settings of a connector', () => {
  it('go back as they came', () => {
    expect(inputOf(connector, valuesOf(connector, 'UTC'), 'UTC')).toEqual({
      settings: connector.settings,
      entities: ['deal'],
      chosen: [{ entity: 'deal', ids: ['a'], createdThere: true }],
      dryRun: true,
      pollSeconds: 60,
      budget: connector.budget,
    });
  });

  it('begin with everything', () => {
    const values = valuesOf({ ...connector, state: 'off', settings: null, budget: highest }, 'UTC');
    expect(values).toMatchObject({
      address: '',
      callsPerMinute: '100',
      people: [],
      opportunities: { pipeline: '', since: '' },
      entities: ['deal', 'stage'],
    });
    expect(inputOf(connector, values, 'UTC').budget).toBeNull();
  });

  it('take what people typed without the spaces around it, and keys only when there is one', () => {
    const edited = {
      ...valuesOf(connector, 'UTC'),
      address: ' https://crm.example ',
      people: [
        { mak: ' a@b.example', there: '' },
        { mak: '', there: ' ' },
      ],
      ...withKey(' key\n', { webhookSecret: '' }),
    };
    expect(inputOf(connector, edited, 'UTC')).toMatchObject({
      settings: { address: 'https://crm.example', people: [{ mak: 'a@b.example', twenty: '' }] },
      secrets: { api_key: 'key', webhook_secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('of KeyCRM go back as they came, ids as numbers', () => {
    const settings = {
      address: 'https://openapi.keycrm.app/v1',
      calls_per_minute: 60,
      source: 7,
      payment_method: null,
      segment_field: 'CT_1001',
      batch: 20,
      all_customers: true,
      real_time: false,
      statuses: [{ mak: 'in_work', keycrm: 11 }],
      warehouses: [{ mak: 'main', keycrm: 1 }],
      people: [{ mak: 'a@b.example', keycrm: 'c@d.example' }],
    };
    const entities = [{ name: 'order', enabled: true, absent: null, fields: [] }];
    const keycrm = { ...connector, key: 'keycrm', settings, entities };
    const values = valuesOf(keycrm, 'UTC');
    expect(values).toMatchObject({ source: '7', statuses: [{ mak: 'in_work', there: '11' }] });
    const input = inputOf(keycrm, values, 'UTC');
    expect(input).toMatchObject({ settings, entities: ['order'] });
    expect(input.settings).not.toHaveProperty('opportunities');
    expect(input).not.toHaveProperty('secrets');
    const changed = { ...values, paymentMethod: ' 3', segmentField: ' ', warehouses: [] };
    expect(inputOf(keycrm, changed, 'UTC').settings).toMatchObject({
      payment_method: 3,
      segment_field: null,
      warehouses: [],
    });
    const isNew = { ...keycrm, state: 'off', settings: null } as const;
    expect(valuesOf(isNew, 'UTC')).toMatchObject({
      address: 'https://openapi.keycrm.app/v1',
      callsPerMinute: '60',
      source: '',
      batch: '50',
      allCustomers: false,
      realTime: true,
    });
  });

  it('of KeyCRM keep deals out of the kinds that are named: they are those of the chosen funnels', () => {
    const cards = { funnels: [2, 1], pipeline: null, field: 'LD_1021' };
    const entities = ['order', 'deal'].map((name) => ({
      name,
      enabled: true,
      absent: null,
      fields: [],
    }));
    const keycrm = { ...connector, key: 'keycrm', settings: { cards }, entities };
    const values = valuesOf(keycrm, 'UTC');
    expect(values).toMatchObject({
      entities: ['order'],
      cards: { funnels: ['2', '1'], pipeline: '', field: 'LD_1021' },
    });
    expect(inputOf(keycrm, values, 'UTC').settings).toMatchObject({ cards });
    expect(isKept('keycrm', 'deal', values)).toBe(true);
    const none = { ...values, cards: { ...values.cards, funnels: [] } };
    expect(inputOf(keycrm, none, 'UTC').settings).toMatchObject({ cards: null });
    expect(isKept('keycrm', 'deal', none)).toBe(false);
  });

  it('of amoCRM leave the address to the consent; nobody is null', () => {
    const settings = {
      address: 'https://example.amocrm.ru',
      people: [{ mak: 'a@b.example', amocrm: 'c@d.example' }],
      nobody: 'robot@d.example',
      default_owner: null,
      leads: null,
    };
    const entities = [{ name: 'deal', enabled: true, absent: null, fields: [] }];
    const amocrm = { ...connector, key: 'amocrm', settings, entities };
    const values = valuesOf(amocrm, 'UTC');
    expect(inputOf(amocrm, values, 'UTC').settings).toEqual(settings);
    expect(inputOf(amocrm, { ...values, nobody: '' }, 'UTC').settings).toEqual({
      ...settings,
      nobody: null,
    });
  });

  it('have one secret for messages from the first letter of a key to the last', () => {
    const first = withKey('k', { webhookSecret: '' });
    expect(first.webhookSecret).toMatch(/^[0-9a-f]{64}$/);
    expect(withKey('key', first)).toEqual({ ...first, apiKey: 'key' });
    expect(withKey(' ', first)).toEqual({ apiKey: ' ', webhookSecret: '' });
  });
});

describe('pairs', () => {
  const pairs = [
    { mak: 'a@b.example', there: 'One@d.example' },
    { mak: 'e@b.example', there: 'two@d.example' },
  ];

  it('are found whatever the letters, and keep their place', () => {
    expect(withPair(pairs, 'one@d.example', 'z@b.example')).toEqual([
      { mak: 'z@b.example', there: 'One@d.example' },
      pairs[1],
    ]);
    expect(withPair(pairs, 'one@d.example', '')).toEqual([pairs[1]]);
    expect(withPair(pairs, 'three@d.example', '')).toEqual(pairs);
    expect(withPair(pairs, 'three@d.example', 'x@b.example').at(-1)).toEqual({
      mak: 'x@b.example',
      there: 'three@d.example',
    });
  });
});

describe('what the server says', () => {
  it('lands at the value that it speaks of', () => {
    const errors = [
      { field: 'settings.people.1.mak', reason: 'no address' },
      { field: 'secrets.api_key', reason: 'too short' },
    ];
    const problem = new Problem('invalid_request', 'settings.people.1.mak: no address.', {
      field: 'settings.people.1.mak',
      details: { errors },
    });
    expect(problemAt(problem, 'settings.people.1')?.reason).toBe('no address');
    expect(problemAt(problem, 'secrets')?.reason).toBe('too short');
    expect(problemAt(problem, 'settings.people.10')).toBeNull();
    expect(problemAt(new Problem('no', 'No.', { field: 'secrets' }), 'secrets')?.reason).toBe(
      'No.',
    );
    expect(problemAt(null, 'secrets')).toBeNull();
  });
});
