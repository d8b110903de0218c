import { describe, expect, it } from 'vitest';

import { DAY, HOUR, MINUTE, SECOND } from '../basics/index.ts';
import { firstInstantAt, isTimeZone, localTime, readOffset, zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(text);
/** A local time, written as if it were UTC. */
const local = (text: string) => Date.parse(`${text}Z`);

describe('isTimeZone', () => {
  it.each(['Europe/Kyiv', 'Europe/Kiev', 'Asia/Kathmandu', 'UTC', 'Etc/GMT+3', 'europe/moscow'])(
    'knows %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['Europe/Atlantis', '+03:00', '-05:00', '+Europe/Kyiv', ' Europe/Kyiv', '', '1'])(
    'does not know %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});

describe('zoneOf', () => {
  it.each([
    ['UTC', '2026-07-01T00:00Z', 0],
    ['Europe/Moscow', '2026-07-01T00:00Z', 3 * HOUR],
    ['America/New_York', '2026-01-01T00:00Z', -5 * HOUR],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', 5 * HOUR + 45 * MINUTE],
    ['America/St_Johns', '2026-01-01T00:00Z', -3.5 * HOUR],
    ['Africa/Monrovia', '1970-01-01T00:00Z', -(44 * MINUTE + 30 * SECOND)],
  ])('knows the offset of %s at %s', (name, instant, offset) => {
    expect(zoneOf(name).segmentAt(at(instant)).offset).toBe(offset);
    expect(localTime(zoneOf(name), at(instant))).toBe(at(instant) + offset);
  });

  it('has one segment on a day without a transition', () => {
    expect(zoneOf('Europe/Kyiv').segmentAt(at('2026-05-05T12:00Z'))).toEqual({
      offset: 3 * HOUR,
      from: at('2026-05-05T00:00Z'),
      until: at('2026-05-06T00:00Z'),
    });
  });

  it.each([
    ['Europe/Kyiv', '2026-03-29T01:00Z', 2 * HOUR, 3 * HOUR],
    ['Europe/Kyiv', '2026-10-25T01:00Z', 3 * HOUR, 2 * HOUR],
    ['Australia/Lord_Howe', '2026-10-03T15:30Z', 10.5 * HOUR, 11 * HOUR],
    ['America/St_Johns', '2010-11-07T02:31Z', -2.5 * HOUR, -3.5 * HOUR],
    ['Pacific/Apia', '2011-12-30T10:00Z', -10 * HOUR, 14 * HOUR],
  ])('splits the day of a transition of %s at %s', (name, transition, before, after) => {
    const zone = zoneOf(name);
    const midnight = Math.floor(at(transition) / DAY) * DAY;
    const first = { offset: before, from: midnight, until: at(transition) };
    const last = { offset: after, from: at(transition), until: midnight + DAY };
    expect(zone.segmentAt(midnight)).toEqual(first);
    expect(zone.segmentAt(at(transition) - 1)).toEqual(first);
    expect(zone.segmentAt(at(transition))).toEqual(last);
    expect(zone.segmentAt(midnight + DAY - 1)).toEqual(last);
  });

  it('remembers zones by their canonical name, and segments', () => {
    // No other test asks for this zone.
    const zone = zoneOf('Asia/Tokyo');
    expect(zoneOf('asia/TOKYO')).toBe(zone);
    expect(zoneOf('Asia/Seoul')).not.toBe(zone);
    const noon = at('2026-05-05T12:00Z');
    expect(zone.segmentAt(noon)).toBe(zone.segmentAt(noon + 1));
  });

  it('throws for a name that it does not know', () => {
    expect(() => zoneOf('Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('readOffset', () => {
  it.each([
    ['1/1/1970, GMT', 0],
    ['1/1/1970, GMT+00:00', 0],
    ['1/1/1970, GMT+05:45', 5 * HOUR + 45 * MINUTE],
    ['12/31/1969, GMT-00:44:30', -(44 * MINUTE + 30 * SECOND)],
  ])('reads %s', (formatted, offset) => {
    expect(readOffset(formatted)).toBe(offset);
  });

  it.each(['1/1/1970', '1/1/1970, GMT+3', '1/1/1970, GMT+03:00 (summer)'])(
    'refuses to guess at %s',
    (formatted) => {
      expect(() => readOffset(formatted)).toThrow(formatted);
    },
  );
});

describe('firstInstantAt', () => {
  it.each([
    ['an ordinary time', 'Europe/Kyiv', '2026-05-05T09:00', '2026-05-05T09:00+03:00'],
    ['a time far west', 'Etc/GMT+12', '2026-05-05T23:00', '2026-05-06T11:00Z'],
    ['a time far east', 'Pacific/Kiritimati', '2026-05-05T01:00', '2026-05-04T11:00Z'],
    ['the last moment before a gap', 'Europe/Kyiv', '2026-03-29T02:59', '2026-03-29T02:59+02:00'],
    ['the beginning of a gap', 'Europe/Kyiv', '2026-03-29T03:00', '2026-03-29T04:00+03:00'],
    ['a time in a gap', 'Europe/Kyiv', '2026-03-29T03:30', '2026-03-29T04:00+03:00'],
    ['the end of a gap', 'Europe/Kyiv', '2026-03-29T04:00', '2026-03-29T04:00+03:00'],
    ['a time after a gap', 'Europe/Kyiv', '2026-03-29T04:01', '2026-03-29T04:01+03:00'],
    [
      'the beginning of a repeated hour',
      'Europe/Kyiv',
      '2026-10-25T03:00',
      '2026-10-25T03:00+03:00',
    ],
    ['a time in a repeated hour', 'Europe/Kyiv', '2026-10-25T03:30', '2026-10-25T03:30+03:00'],
    ['the end of a repeated hour', 'Europe/Kyiv', '2026-10-25T04:00', '2026-10-25T04:00+02:00'],
    ['a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-04T02:30+11:00'],
    ['a repeated half hour', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-05T01:45+11:00'],
    ['a midnight that is skipped', 'Africa/Cairo', '2026-04-24T00:00', '2026-04-24T01:00+03:00'],
    ['a day that is skipped', 'Pacific/Apia', '2011-12-30T15:00', '2011-12-31T00:00+14:00'],
  ])('finds %s', (_, name, text, instant) => {
    expect(firstInstantAt(zoneOf(name), local(text))).toBe(at(instant));
  });
});
