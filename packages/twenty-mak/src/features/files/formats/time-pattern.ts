import {
  accept,
  firstInstantAt,
  isTimeZone,
  parseInstant,
  refuse,
  zoneOf,
} from 'twenty-mak-domain';
import type { Decision, Instant } from 'twenty-mak-domain';
import { FileError } from '../../../platform/tables/index.ts';
import { quote } from './values.ts';

export type ReadTime = (text: string) => Decision<Instant>;

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<milli>\\d{3})',
  XXX: '(?<offset>[Zz]|[+-]\\d{2}:?\\d{2})',
};
const TOKEN = /yyyy|MM?|dd?|HH?|mm|ss|SSS|XXX|[^]/g;
const LOCAL_ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?$/;

/**
 * How the times of one column are read. `format` is `iso`, `unix`, `unix_ms` or a pattern of yyyy MM dd HH mm ss SSS
 * XXX; `zone` is the IANA zone of times that have no offset. Throws FileError when either is unknown.
 */
export function timeReader(column: string, format: string, zone: string): ReadTime {
  if (!isTimeZone(zone)) {
    throw new FileError(
      'invalid_mapping',
      `\`mapping.time.zone\` ${quote(zone)} is no time zone; write an IANA name such as Europe/Kyiv.`,
      'mapping.time.zone',
    );
  }
  const read = parserOf(format, zone);
  return (text) => {
    const instant = read(text.trim());
    return instant === null
      ? refuse(
          'invalid_time',
          `The column \`${column}\` has ${quote(text)}, which is no time of the format \`${format}\`.`,
          column,
        )
      : accept(instant);
  };
}

function parserOf(format: string, zone: string): (text: string) => Instant | null {
  if (format === 'iso')
    return (text) => parseInstant(text.replace(' ', 'T')) ?? localIso(text, zone);
  if (format === 'unix' || format === 'unix_ms') {
    const unit = format === 'unix' ? 1_000 : 1;
    return (text) => (/^-?\d{1,16}(\.\d+)?$/.test(text) ? Math.floor(Number(text) * unit) : null);
  }
  const pattern = compile(format);
  return (text) => {
    const parts = pattern.exec(text)?.groups;
    if (parts === undefined) return null;
    const {
      year,
      month = '',
      day = '',
      hour = '0',
      minute = '0',
      second = '0',
      milli = '0',
    } = parts;
    const two = (digits: string): string => digits.padStart(2, '0');
    const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${milli.padStart(3, '0')}`;
    return parts['offset'] === undefined
      ? inZone(local, zone)
      : parseInstant(`${local}${parts['offset']}`);
  };
}

function compile(format: string): RegExp {
  const source = [...format.matchAll(TOKEN)].map(([token]) => {
    const known = TOKENS[token];
    if (known !== undefined) return known;
    // `T` stands between date and time in many formats; other letters are mistakes.
    if (/[A-Za-z]/.test(token) && token !== 'T')
      throw invalidFormat(format, `\`${token}\` is not known`);
    return token.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  for (const part of ['year', 'month', 'day']) {
    const count = source.filter((piece) => piece.includes(`<${part}>`)).length;
    if (count !== 1) throw invalidFormat(format, `it must have the ${part} once`);
  }
  try {
    return new RegExp(`^${source.join('')}$`);
  } catch {
    throw invalidFormat(format, 'a part occurs twice');
  }
}

function invalidFormat(format: string, why: string): FileError {
  return new FileError(
    'invalid_mapping',
    `\`mapping.time.format\` ${quote(format)}: ${why}. Write iso, unix, unix_ms or a pattern of yyyy MM dd HH mm ss SSS XXX.`,
    'mapping.time.format',
  );
}

function localIso(text: string, zone: string): Instant | null {
  const parts = LOCAL_ISO.exec(text);
  if (parts === null) return null;
  const [, date, time = '00:00', second = '00', fraction = '0'] = parts;
  return inZone(`${date}T${time}:${second}.${fraction}`, zone);
}

function inZone(local: string, zone: string): Instant | null {
  const asUtc = parseInstant(`${local}Z`);
  return asUtc === null ? null : firstInstantAt(zoneOf(zone), asUtc);
}
