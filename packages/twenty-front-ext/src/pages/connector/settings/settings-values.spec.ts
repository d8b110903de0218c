import { describe, expect, it } from 'vitest';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { inputOf, valuesOf } from './settings-values.ts';

const highest = { burst: 20, perSecond: 80 };
const connector: ConnectorLineFragment = {
  key: 'twenty',
  title: 'twenty',
  state: 'running',
  reason: null,
  silence: null,
  settings: {
    address: 'https://crm.example',
    calls_per_minute: 500,
    people: [{ mak: 'a@b.example', twenty: 'c@d.example' }],
    opportunities: { pipeline: 'one', since: '2026-03-01T12:30:00Z' },
  },
  hasSecrets: true,
  hasStatuses: false,
  stageTables: [],
  chosen: [{ entity: 'deal', ids: ['a'], pipelines: null, createdThere: true }],
  pace: null,
  dryRun: true,
  pollSeconds: 60,
  version: 4,
  budget: { burst: 10, perSecond: 8 },
  highestBudget: highest,
  entities: [
    { name: 'deal', enabled: true, fields: [] },
    { name: 'stage', enabled: false, fields: [] },
    { name: 'opportunity', enabled: true, fields: [] },
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
        { mak: ' a@b.example', twenty: '' },
        { mak: '', twenty: ' ' },
      ],
      apiKey: ' key\n',
    };
    expect(inputOf(connector, edited, 'UTC')).toMatchObject({
      settings: { address: 'https://crm.example', people: [{ mak: 'a@b.example', twenty: '' }] },
      secrets: { api_key: 'key', webhook_secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});
