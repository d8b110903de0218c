import { adtech, compilePipeline, KNOWN_TYPES, verifyPipeline } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { notesAt, notesOf, worst } from './notes.ts';
import { parseCel, readDraft } from './read-draft.ts';
import { answerCheck } from './verify-draft.ts';

const broken = {
  ...adtech,
  rules: [{ stage: 'closed', when: 'gates.nothing' }, ...adtech.rules],
};
const shadowed = {
  ...adtech,
  rules: [{ stage: 'closed', when: 'true' }, ...adtech.rules],
};

describe('reading a draft', () => {
  it('gives what the server would refuse, with its place', () => {
    const { refusals, compiled } = readDraft(broken);
    expect(compiled).toBeNull();
    expect(refusals).toEqual([
      {
        code: 'unknown_gate',
        reason: 'This pipeline has no gate `nothing`.',
        field: 'rules.0.when',
        range: { start: 0, end: 13 },
      },
    ]);
  });

  it('compiles what can be read', () => {
    const { refusals, compiled } = readDraft(adtech);
    expect(refusals).toEqual([]);
    expect(compiled?.definition).toBe(adtech);
  });

  it('also refuses too many facts', () => {
    const gates = Array.from({ length: 16 }, (_, index) => ({ key: `g${index}`, title: 'Gate' }));
    const { refusals } = readDraft({ ...adtech, gates: [...adtech.gates, ...gates] });
    expect(refusals.map(({ code }) => code)).toContain('too_many_facts');
  });
});

describe('looking at a draft', () => {
  it('finds what the verifier finds', () => {
    const compiled = compilePipeline(shadowed, parseCel);
    if (!compiled.ok) throw new Error(compiled.refusal.reason);
    const answer = answerCheck({ id: 7, kind: 'verify', definition: shadowed });
    expect(answer).toEqual({
      id: 7,
      kind: 'verify',
      verification: verifyPipeline(compiled.value, { knownTypes: KNOWN_TYPES }),
    });
  });

  it('gives a page of the table, compact or of all combinations', () => {
    const page = (compact: boolean, where?: { stage: string }) => {
      const query = { compact, offset: 0, limit: 5, ...(where === undefined ? {} : { where }) };
      const answer = answerCheck({ id: 1, kind: 'table', definition: adtech, query });
      if (answer.kind !== 'table') throw new Error('no table');
      return answer.table;
    };
    expect(page(true).rows).toHaveLength(5);
    expect(page(false).total).toBeGreaterThan(page(true).total);
    expect(page(false, { stage: 'closing' }).rows.map(({ stage }) => stage)).toEqual(
      Array.from({ length: 5 }, () => 'closing'),
    );
  });
});

describe('notes', () => {
  const compiled = answerCheck({ id: 1, kind: 'verify', definition: shadowed });
  const notes = notesOf([], compiled.kind === 'verify' ? compiled.verification.findings : []);

  it('are found by the member that they are about', () => {
    expect(notesAt(notes, 'rules.1').map(({ code }) => code)).toEqual(['rule_shadowed']);
    expect(notesAt(notes, 'rules.1.when')).toHaveLength(1);
    expect(notesAt(notes, 'rules')).not.toHaveLength(0);
    expect(notesAt(notes, 'rule')).toHaveLength(0);
  });

  it('are as bad as the worst', () => {
    const note = { code: 'x', reason: 'x' };
    expect(worst(notes)).toBe('error');
    expect(worst([{ ...note, severity: 'info' }])).toBeNull();
    expect(
      worst([
        { ...note, severity: 'info' },
        { ...note, severity: 'warning' },
      ]),
    ).toBe('warning');
    expect(worst([])).toBeNull();
  });
});
