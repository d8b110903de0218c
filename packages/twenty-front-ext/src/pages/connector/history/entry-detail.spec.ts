import { describe, expect, it } from 'vitest';
import { entryDetails } from './entry-detail.ts';

const entry = (
  kind: Parameters<typeof entryDetails>[0][number]['kind'],
  detail: unknown,
  id = 'a',
) => ({
  entity: 'deal',
  localId: id,
  kind,
  detail,
});

describe('what entries say', () => {
  it('is what was written, with what the same record held before', () => {
    expect(
      entryDetails(
        [
          entry('to_remote', { name: 'New' }),
          entry('to_mak', { name: 'Other' }, 'b'),
          entry('to_mak', { name: 'Old', owner: null }),
        ],
        true,
      ),
    ).toEqual([
      { kind: 'written', fields: [{ field: 'name', value: 'New', before: 'Old' }] },
      { kind: 'written', fields: [{ field: 'name', value: 'Other', before: undefined }] },
      {
        kind: 'written',
        fields: [
          { field: 'name', value: 'Old', before: undefined },
          { field: 'owner', value: null, before: undefined },
        ],
      },
    ]);
  });

  it('does not guess what was before when entries are left out', () => {
    const entries = [entry('to_mak', { name: 'New' }), entry('to_mak', { name: 'Old' })];
    expect(entryDetails(entries, false)[0]).toEqual({
      kind: 'written',
      fields: [{ field: 'name', value: 'New', before: undefined }],
    });
  });

  it('is both versions of a conflict, and why something was refused', () => {
    const conflict = { field: 'name', mak: 'A', remote: 'B', winner: 'mak', critical: true };
    const refusal = { code: 'no', reason: 'No.', field: null };
    expect(
      entryDetails(
        [entry('conflict', conflict), entry('refused', refusal), entry('dead', refusal)],
        true,
      ),
    ).toEqual([
      { kind: 'conflict', ...conflict },
      { kind: 'refusal', ...refusal },
      { kind: 'refusal', ...refusal },
    ]);
  });

  it('is what a dry run would write, to either side', () => {
    const planned = { to_mak: { name: 'A' }, to_remote: { owner: null } };
    expect(entryDetails([entry('would_write', planned)], true)).toEqual([
      {
        kind: 'planned',
        toMak: [{ field: 'name', value: 'A', before: undefined }],
        toRemote: [{ field: 'owner', value: null, before: undefined }],
      },
    ]);
  });

  it.each([null, 'text', 7, []])('says nothing of %j', (detail) => {
    expect(entryDetails([entry('to_mak', detail)], true)).toEqual([
      { kind: 'written', fields: [] },
    ]);
    expect(entryDetails([entry('conflict', detail)], true)).toMatchObject([
      { field: '', winner: '' },
    ]);
  });
});
