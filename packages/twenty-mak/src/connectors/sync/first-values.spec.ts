import { describe, expect, it } from 'vitest';
import { withoutFirstEmpties } from './first-values.ts';

const KIND = { fillsOnly: ['segments', 'note'] };
const AGREED = { segments: { mak: 'a', remote: 'a' } };

describe('a field of which MaK takes nothing away at first', () => {
  it.each([{ segments: [] }, { segments: null }, { note: '' }])('gets no %j', (values) => {
    expect(withoutFirstEmpties(KIND, {}, { name: '', ...values })).toEqual({ name: '' });
  });

  it('gets what there is to say', () => {
    const values = { segments: ['a'], note: 0 };
    expect(withoutFirstEmpties(KIND, {}, values)).toEqual(values);
  });

  it('is emptied once something was agreed on', () => {
    expect(withoutFirstEmpties(KIND, AGREED, { segments: [], note: '' })).toEqual({ segments: [] });
  });

  it('is none of a kind that names none', () => {
    expect(withoutFirstEmpties({}, {}, { segments: [] })).toEqual({ segments: [] });
  });
});
