import { describe, expect, it } from 'vitest';

import { DAY } from '../basics/index.ts';
import { validateCalendar } from './validate-calendar.ts';

const OFFICE = [
  { from: '09:00', to: '13:00' },
  { from: '13:00', to: '24:00' },
];
const office = {
  kind: 'working',
  timeZone: 'Europe/Kyiv',
  week: { 1: OFFICE, 5: [{ from: '00:00', to: '00:01' }] },
};

/** A calendar with this Monday. */
const monday = (intervals: unknown) => ({ ...office, week: { 1: intervals } });
const lasting = (from: string, to: string) =>
  monday([
    { from: '01:00', to: '02:00' },
    { from, to },
  ]);
const longText = 'x'.repeat(100);
/** `count` dates from 2026-01-05 on, which is a Monday. */
const dates = (count: number, step = 1) =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse('2026-01-05') + index * step * DAY).toISOString().slice(0, 10),
  );

describe('validateCalendar', () => {
  it.each([
    ['the one that never rests', { kind: 'always' }],
    ['working hours', office],
    ['holidays', { ...office, holidays: ['2026-08-24', '2024-02-29', '2026-08-24'] }],
    ['no holidays', { ...office, holidays: [] }],
    ['days without work', { ...office, week: { ...office.week, 6: [] } }],
    [
      '24 intervals a day',
      monday(
        Array.from({ length: 24 }, (_, hour) => ({
          from: `${String(hour).padStart(2, '0')}:00`,
          to: `${String(hour).padStart(2, '0')}:30`,
        })),
      ),
    ],
    ['10,000 holidays', { ...office, holidays: dates(10_000, 2) }],
    // The 53rd Monday is worked again: 7 × 52 + 1 free days and then a working Monday would be 2027-01-04.
    ['holidays on a year of Mondays', { ...office, week: { 1: OFFICE }, holidays: dates(52, 7) }],
    [
      '366 holidays in a row',
      {
        ...office,
        week: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE, 6: OFFICE, 7: OFFICE },
        holidays: dates(366),
      },
    ],
    ['work on Sundays only', { ...office, week: { 7: OFFICE }, holidays: dates(1) }],
  ])('accepts %s', (_, calendar) => {
    expect(validateCalendar(calendar)).toEqual({ ok: true, value: calendar });
  });

  it('gives a copy, so that nobody changes what was validated', () => {
    const decision = validateCalendar({ ...office, holidays: ['2026-08-24'] });
    const value = decision.ok && decision.value.kind === 'working' ? decision.value : undefined;
    expect(value?.week[1]).toEqual(OFFICE);
    expect(value?.week[1]).not.toBe(OFFICE);
    expect(value?.week[1]?.[0]).not.toBe(OFFICE[0]);
  });

  it.each([
    ['nothing', undefined, 'wrong_type', 'calendar', /kind: always or working/],
    ['null', null, 'wrong_type', 'calendar', /kind: always or working/],
    ['a text', 'always', 'wrong_type', 'calendar', /kind: always or working/],
    ['a list', [], 'wrong_type', 'calendar', /kind: always or working/],
    ['no kind', {}, 'calendar_kind_unknown', 'calendar.kind', /always \(24×7\) or working/],
    ['another kind', { kind: 'lunar' }, 'calendar_kind_unknown', 'calendar.kind', /always/],
    [
      'a zone for always',
      { kind: 'always', timeZone: 'UTC' },
      'unknown_property',
      'calendar.timeZone',
      /`timeZone` here; there are: kind\./,
    ],
    [
      'a misspelt property',
      { ...office, holiday: [] },
      'unknown_property',
      'calendar.holiday',
      /kind, timeZone, week, holidays/,
    ],
    [
      'a long property',
      { ...office, [longText]: 1 },
      'unknown_property',
      `calendar.${longText.slice(0, 60)}`,
      /`x{60}…`/,
    ],
    [
      'no zone',
      { ...office, timeZone: undefined },
      'wrong_type',
      'calendar.timeZone',
      /Europe\/Kyiv/,
    ],
    [
      'a number as zone',
      { ...office, timeZone: 2 },
      'wrong_type',
      'calendar.timeZone',
      /must be a text/,
    ],
    [
      'an unknown zone',
      { ...office, timeZone: 'Mars/Olympus' },
      'time_zone_unknown',
      'calendar.timeZone',
      /`Mars\/Olympus` is not a known/,
    ],
    [
      'an offset as zone',
      { ...office, timeZone: '+03:00' },
      'time_zone_unknown',
      'calendar.timeZone',
      /IANA/,
    ],
    [
      'a long zone',
      { ...office, timeZone: longText },
      'time_zone_unknown',
      'calendar.timeZone',
      /`x{60}…`/,
    ],
    [
      'a zone of 60 letters',
      { ...office, timeZone: 'x'.repeat(60) },
      'time_zone_unknown',
      'calendar.timeZone',
      /`x{60}`/,
    ],
    ['no week', { ...office, week: undefined }, 'wrong_type', 'calendar.week', /1 = Monday/],
    ['a list as week', { ...office, week: [OFFICE] }, 'wrong_type', 'calendar.week', /1 = Monday/],
    [
      'weekday 0',
      { ...office, week: { 0: OFFICE } },
      'weekday_unknown',
      'calendar.week.0',
      /`0` is not a weekday/,
    ],
    [
      'weekday 8',
      { ...office, week: { 1: OFFICE, 8: OFFICE } },
      'weekday_unknown',
      'calendar.week.8',
      /1 \(Monday\) to 7/,
    ],
    [
      'a name of a day',
      { ...office, week: { monday: OFFICE } },
      'weekday_unknown',
      'calendar.week.monday',
      /`monday`/,
    ],
    [
      'a long name of a day',
      { ...office, week: { [longText]: OFFICE } },
      'weekday_unknown',
      `calendar.week.${longText.slice(0, 60)}`,
      /…/,
    ],
    [
      'an empty week',
      { ...office, week: {} },
      'no_working_time',
      'calendar.week',
      /at least one interval/,
    ],
    [
      'a week of empty days',
      { ...office, week: { 1: [], 2: [] } },
      'no_working_time',
      'calendar.week',
      /no working time/,
    ],
    ['a text as day', monday('09:00-18:00'), 'wrong_type', 'calendar.week.1', /must be a list/],
    [
      '25 intervals',
      monday(Array.from({ length: 25 }, () => OFFICE[0])),
      'too_many',
      'calendar.week.1',
      /at most 24 .* 25\./,
    ],
    ['a text as interval', monday(['09:00']), 'wrong_type', 'calendar.week.1.0', /from: "09:00"/],
    [
      'a break',
      monday([{ from: '09:00', to: '18:00', break: '13:00' }]),
      'unknown_property',
      'calendar.week.1.0.break',
      /from, to/,
    ],
    [
      '25:00 as end',
      lasting('09:00', '25:00'),
      'time_of_day_invalid',
      'calendar.week.1.1.to',
      /`25:00` is not a time of day/,
    ],
    [
      '25:00 as begin',
      lasting('25:00', '26:00'),
      'time_of_day_invalid',
      'calendar.week.1.1.from',
      /"00:00" to "24:00"/,
    ],
    [
      'a number as begin',
      monday([{ from: 540, to: '18:00' }]),
      'time_of_day_invalid',
      'calendar.week.1.0.from',
      /^This is not/,
    ],
    [
      'a number as end',
      monday([{ from: '09:00', to: 1_080 }]),
      'time_of_day_invalid',
      'calendar.week.1.0.to',
      /^This is not/,
    ],
    [
      'a list as time of day',
      monday([{ from: ['09:00'], to: '18:00' }]),
      'time_of_day_invalid',
      'calendar.week.1.0.from',
      /^This is not/,
    ],
    [
      'a list as date',
      { ...office, holidays: [['2026-08-24']] },
      'date_invalid',
      'calendar.holidays.0',
      /^This is not a date/,
    ],
    [
      'no end',
      monday([{ from: '09:00' }]),
      'time_of_day_invalid',
      'calendar.week.1.0.to',
      /^This is not/,
    ],
    [
      'an empty interval',
      lasting('09:00', '09:00'),
      'interval_empty',
      'calendar.week.1.1.to',
      /after it begins \(09:00\)/,
    ],
    [
      'an interval over midnight',
      lasting('22:00', '06:00'),
      'interval_empty',
      'calendar.week.1.1.to',
      /into two days/,
    ],
    [
      'intervals that overlap',
      lasting('01:59', '03:00'),
      'intervals_overlap',
      'calendar.week.1.1.from',
      /from 01:59 begins before/,
    ],
    [
      'intervals that descend',
      lasting('00:00', '00:30'),
      'intervals_overlap',
      'calendar.week.1.1.from',
      /ascend/,
    ],
    [
      'overlap on Sunday',
      { ...office, week: { 1: OFFICE, 7: [...OFFICE, OFFICE[0]] } },
      'intervals_overlap',
      'calendar.week.7.2.from',
      /09:00/,
    ],
    [
      'a text as holidays',
      { ...office, holidays: '2026-08-24' },
      'wrong_type',
      'calendar.holidays',
      /list of dates/,
    ],
    [
      'null as holidays',
      { ...office, holidays: null },
      'wrong_type',
      'calendar.holidays',
      /list of dates/,
    ],
    [
      '10,001 holidays',
      { ...office, holidays: dates(10_001, 2) },
      'too_many',
      'calendar.holidays',
      /10000 .* 10001\./,
    ],
    [
      'a 30 February',
      { ...office, holidays: ['2026-02-28', '2026-02-30'] },
      'date_invalid',
      'calendar.holidays.1',
      /`2026-02-30` is not a date/,
    ],
    [
      'another way to write a date',
      { ...office, holidays: ['24.08.2026'] },
      'date_invalid',
      'calendar.holidays.0',
      /"2026-08-24"/,
    ],
    [
      'a number as date',
      { ...office, holidays: [20_260_824] },
      'date_invalid',
      'calendar.holidays.0',
      /^This is not a date/,
    ],
    [
      'twenty years of holidays',
      { ...office, holidays: dates(20 * 365) },
      'no_working_time',
      'calendar.holidays',
      /more than 366 days in a row/,
    ],
    [
      '53 Mondays of holidays',
      { ...office, week: { 1: OFFICE }, holidays: dates(53, 7) },
      'no_working_time',
      'calendar.holidays',
      /remove some/,
    ],
    [
      'holidays in disorder',
      { ...office, week: { 1: OFFICE }, holidays: ['2020-01-01', ...dates(53, 7).reverse()] },
      'no_working_time',
      'calendar.holidays',
      /row/,
    ],
    [
      '367 holidays in a row',
      {
        ...office,
        week: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE, 6: OFFICE, 7: OFFICE },
        holidays: dates(367),
      },
      'no_working_time',
      'calendar.holidays',
      /row/,
    ],
  ])('refuses %s', (_, calendar, code, field, reason) => {
    expect(validateCalendar(calendar)).toEqual({
      ok: false,
      refusal: { code, field, reason: expect.stringMatching(reason) },
    });
  });

  it('begins the field with the path it is given', () => {
    expect(validateCalendar({ ...office, timeZone: 'x' }, 'calendars.office')).toMatchObject({
      refusal: { field: 'calendars.office.timeZone' },
    });
  });
});
