import { describe, expect, it } from 'vitest';
import type { KeyCrmField } from './answers.ts';
import {
  bodyOfSegments,
  segmentFieldOf,
  segmentsOfBuyer,
  storedSegments,
} from './buyer-segments.ts';

const field = (type: string, more: Partial<KeyCrmField> = {}): KeyCrmField => ({
  ...{ uuid: 'CT_1', model: 'client', name: 'Segment', type, is_multiple: false },
  ...{ options: ['VIP', 'Retail'], ...more },
});
const buyer = (value: unknown) => ({
  ...{ id: '1', full_name: 'Anna', email: [], phone: [], created_at: 0, updated_at: 0 },
  custom_fields: [
    { uuid: 'CT_2', value: 'another one' },
    { uuid: 'CT_1', value },
  ],
});
const bodyOf = (segments: string[], own: KeyCrmField) => {
  const body = bodyOfSegments({ segments }, segmentFieldOf([own], 'CT_1'));
  return (body as { custom_fields: { value: unknown }[] }).custom_fields[0]?.value;
};

describe('segments of a client in a field of buyers', () => {
  it('are a text with commas, or the choices that the field offers', () => {
    const segments = ['retail', 'new', 'VIP'];
    expect(bodyOf(segments, field('text'))).toBe('retail, new, VIP');
    expect(bodyOf(segments, field('select', { is_multiple: true }))).toEqual(['Retail', 'VIP']);
    expect(bodyOf(segments, field('select'))).toEqual(['Retail']);
    expect(bodyOf(['new'], field('select'))).toEqual([]);
    expect(bodyOf([], field('textarea'))).toBe('');
  });

  it('are left out where the settings name no field, or nothing has changed', () => {
    expect(bodyOfSegments({ segments: ['VIP'] }, null)).toEqual({});
    expect(bodyOfSegments({ name: 'Anna' }, segmentFieldOf([field('text')], 'CT_1'))).toEqual({});
  });

  it('are read in one order, in whichever form they stand there', () => {
    const read = (value: unknown) =>
      segmentsOfBuyer(buyer(value), segmentFieldOf([field('text')], 'CT_1'));
    expect(read('VIP,  Retail,')).toEqual(['Retail', 'VIP']);
    expect(read(['VIP', { id: 4, value: 'Retail' }, 7])).toEqual(['7', 'Retail', 'VIP']);
    expect([read(null), read({ other: 1 }), read('')]).toEqual([[], [], []]);
    expect(storedSegments(['b, a', 'b', ' '])).toEqual(['a', 'b']);
  });

  it('need a field of buyers that holds texts or choices', () => {
    for (const other of [field('date'), field('text', { model: 'order' })]) {
      const gone = segmentFieldOf([other], 'CT_1');
      expect(gone.refusal).toMatchObject({
        field: 'segments',
        reason: expect.stringContaining('no field CT_1'),
      });
      expect(bodyOfSegments({ segments: ['VIP'] }, gone)).toEqual({});
    }
  });
});
