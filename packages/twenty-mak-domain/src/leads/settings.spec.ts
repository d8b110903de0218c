import { describe, expect, it } from 'vitest';
import {
  changeLeadSettings,
  checkLeadSettings,
  DEFAULT_LEAD_SETTINGS,
  entryStatus,
  firstOfKind,
  LEAD_KINDS,
  MAX_LEAD_CHOICES,
  statusOf,
} from './settings.ts';
import type { LeadSettings, LeadStatus } from './settings.ts';

const DEFAULTS = DEFAULT_LEAD_SETTINGS;
const withStatuses = (...more: LeadStatus[]): LeadSettings => ({
  ...DEFAULTS,
  statuses: [...DEFAULTS.statuses, ...more],
});
const NOTHING_IN_USE = {
  statuses: new Set<string>(),
  sources: new Set<string>(),
  handlings: new Set<string>(),
};

describe('checkLeadSettings', () => {
  it('accepts those that ship, which have the statuses of the trade', () => {
    expect(checkLeadSettings(DEFAULTS)).toEqual({ ok: true, value: DEFAULTS });
    expect(DEFAULTS.statuses.map(({ key, kind }) => [key, kind])).toEqual([
      ['new', 'new'],
      ['from_partner', 'new'],
      ['in_work', 'working'],
      ['on_auction', 'auction'],
      ['sold', 'sold'],
      ['unsold', 'unsold'],
      ['returned', 'returned'],
      ['converted', 'converted'],
      ['rejected', 'rejected'],
    ]);
    expect(DEFAULTS.sources.map(({ key }) => key)).toEqual([
      'partner',
      'lead_generation',
      'cold_base',
      'external',
      'bought_base',
    ]);
    expect(DEFAULTS.handlings.map(({ key }) => key)).toEqual([
      'call',
      'message',
      'meeting',
      'auction',
    ]);
    for (const list of [DEFAULTS.statuses, DEFAULTS.sources, DEFAULTS.handlings])
      for (const { title } of list) expect(title).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/);
  });

  it('accepts several statuses of a kind, in any language, and no sources', () => {
    const more = withStatuses({ key: 'thinking', title: 'Думает', kind: 'working', entryFor: [] });
    expect(checkLeadSettings(more)).toEqual({ ok: true, value: more });
    const bare = { ...DEFAULTS, handlings: [], sources: DEFAULTS.sources.slice(0, 1) };
    expect(checkLeadSettings(bare).ok).toBe(true);
  });

  const source = { key: 'ads', title: 'Ads' };
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ key: `k${index}`, title: `T${index}` }));
  const cases: [string, string, string, LeadSettings][] = [
    [
      'too_many',
      'handlings',
      `At most ${MAX_LEAD_CHOICES} are allowed here.`,
      { ...DEFAULTS, handlings: many(51) },
    ],
    [
      'key_invalid',
      'sources.5.key',
      'A key begins with a letter and has at most 64 letters, digits, - and _.',
      { ...DEFAULTS, sources: [...DEFAULTS.sources, { key: '1', title: 'One' }] },
    ],
    [
      'key_twice',
      'statuses.9.key',
      'new is there already; choose another key.',
      withStatuses({ key: 'new', title: 'Newer', kind: 'new' }),
    ],
    [
      'title_invalid',
      'handlings.4.title',
      'A title has 1 to 200 printable characters, without spaces at its ends.',
      { ...DEFAULTS, handlings: [...DEFAULTS.handlings, { key: 'x', title: ' x' }] },
    ],
    [
      'title_twice',
      'sources.6.title',
      'ADS is there already; nobody could tell them apart.',
      { ...DEFAULTS, sources: [...DEFAULTS.sources, source, { key: 'ads2', title: 'ADS' }] },
    ],
    [
      'entry_not_new',
      'statuses.9.entryFor',
      'Leads begin in a status of the kind new, and own is working.',
      withStatuses({ key: 'own', title: 'Own', kind: 'working', entryFor: ['external'] }),
    ],
    [
      'unknown_source',
      'statuses.9.entryFor',
      'There is no source ads.',
      withStatuses({ key: 'own', title: 'Own', kind: 'new', entryFor: ['external', 'ads'] }),
    ],
    [
      'entry_twice',
      'statuses.9.entryFor',
      'Leads of partner begin in another status already.',
      withStatuses({ key: 'own', title: 'Own', kind: 'new', entryFor: ['partner'] }),
    ],
    ...LEAD_KINDS.map((kind): [string, string, string, LeadSettings] => [
      'kind_missing',
      'statuses',
      `A status of the kind ${kind} is needed: leads come there without anybody choosing it.`,
      { ...DEFAULTS, statuses: DEFAULTS.statuses.filter((one) => one.kind !== kind) },
    ]),
  ];
  it.each(cases)('refuses %s at %s: %s', (code, field, reason, settings) => {
    expect(checkLeadSettings(settings)).toEqual({ ok: false, refusal: { code, reason, field } });
    expect(changeLeadSettings(DEFAULTS, settings, NOTHING_IN_USE)).toMatchObject({
      refusal: { code },
    });
  });

  it('allows 50 of each', () => {
    expect(checkLeadSettings({ ...DEFAULTS, handlings: many(50) }).ok).toBe(true);
  });
});

describe('changeLeadSettings', () => {
  const without = (key: string): LeadSettings => ({
    ...DEFAULTS,
    statuses: [
      ...DEFAULTS.statuses.filter((one) => one.key !== key),
      { key: 'other', title: 'Other', kind: 'working' },
    ],
    sources: DEFAULTS.sources.filter((one) => one.key !== key),
    handlings: DEFAULTS.handlings.filter((one) => one.key !== key),
  });

  it.each([
    ['statuses', 'in_work'],
    ['sources', 'external'],
    ['handlings', 'call'],
  ] as const)('keeps what leads have in %s', (list, key) => {
    const after = without(key);
    expect(changeLeadSettings(DEFAULTS, after, NOTHING_IN_USE)).toEqual({ ok: true, value: after });
    expect(
      changeLeadSettings(DEFAULTS, after, { ...NOTHING_IN_USE, [list]: new Set([key]) }),
    ).toEqual({
      ok: false,
      refusal: {
        code: 'choice_in_use',
        reason: `Leads have ${key}. Give them another one first.`,
        field: `${list}.${key}`,
      },
    });
    const others = new Set(DEFAULTS[list].map((one) => one.key).filter((one) => one !== key));
    expect(changeLeadSettings(DEFAULTS, after, { ...NOTHING_IN_USE, [list]: others }).ok).toBe(
      true,
    );
  });

  it('keeps the kind of a status that leads are in', () => {
    const statuses = DEFAULTS.statuses.map((one) =>
      one.key === 'from_partner'
        ? { key: one.key, title: one.title, kind: 'working' as const }
        : one,
    );
    const after = { ...DEFAULTS, statuses };
    expect(changeLeadSettings(DEFAULTS, after, NOTHING_IN_USE).ok).toBe(true);
    const inUse = { ...NOTHING_IN_USE, statuses: new Set(['from_partner', 'new']) };
    expect(changeLeadSettings(DEFAULTS, after, inUse)).toEqual({
      ok: false,
      refusal: {
        code: 'kind_in_use',
        reason:
          'Leads are in from_partner, so it stays of the kind new. Add another status instead.',
        field: 'statuses.from_partner.kind',
      },
    });
    const titled = {
      ...DEFAULTS,
      statuses: DEFAULTS.statuses.map((one) => ({ ...one, title: `${one.title}!` })),
    };
    expect(changeLeadSettings(DEFAULTS, titled, inUse)).toEqual({ ok: true, value: titled });
  });
});

describe('where leads are put', () => {
  it('begins where the source says, else in the first that is for all', () => {
    expect(entryStatus(DEFAULTS, 'partner').key).toBe('from_partner');
    expect(entryStatus(DEFAULTS, 'external').key).toBe('new');
    const reversed = { ...DEFAULTS, statuses: DEFAULTS.statuses.toReversed() };
    expect(entryStatus(reversed, 'external').key).toBe('new');
    const partnersOnly = { ...DEFAULTS, statuses: DEFAULTS.statuses.slice(1) };
    expect(entryStatus(partnersOnly, 'external').key).toBe('from_partner');
  });

  it('is the first status of a kind', () => {
    expect(firstOfKind(DEFAULTS, 'new').key).toBe('new');
    expect(
      firstOfKind(withStatuses({ key: 'bad', title: 'Bad', kind: 'rejected' }), 'rejected').key,
    ).toBe('rejected');
    expect(() => firstOfKind({ ...DEFAULTS, statuses: [] }, 'sold')).toThrow(
      new RangeError('the settings have no status of kind sold'),
    );
  });

  it('knows a status by its key', () => {
    expect(statusOf(DEFAULTS, 'sold')?.title).toBe('Sold');
    expect(statusOf(DEFAULTS, 'Sold')).toBeNull();
  });
});
