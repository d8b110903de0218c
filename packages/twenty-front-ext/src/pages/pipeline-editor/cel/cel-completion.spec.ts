import { adtech } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { suggestionsAt } from './cel-completion.ts';

const domains = { ...adtech.domains, 'task-tracker': ['open', 'done'] };
const names = { gates: adtech.gates, domains, created: false };
const labels = (before: string, asked = false, created = false) =>
  suggestionsAt(before, { ...names, created }, asked)?.options.map(({ label }) => label) ?? null;
const from = (before: string) => suggestionsAt(before, names, false)?.from;

describe('suggestions', () => {
  it('name the gates after their dot, with their titles', () => {
    expect(labels('gates.')).toEqual(adtech.gates.map(({ key }) => key));
    expect(suggestionsAt('gates.', names, false)?.options[1]?.detail).toBe('Brief is received');
    expect(from('!gates.has')).toBe(7);
  });

  it('name the systems, in brackets where a dot cannot say them', () => {
    const { options = [] } = suggestionsAt('domains.', names, false) ?? {};
    expect(options.map(({ label }) => label)).toContain('.docflow');
    expect(options.find(({ label }) => label === '.docflow')?.apply).toBeUndefined();
    expect(options.find(({ label }) => label === '.task-tracker')?.apply).toBe('["task-tracker"]');
    expect(from('gates.a && domains.do')).toBe(18);
    expect(labels('domains["')).toContain('task-tracker');
  });

  it.each([
    ['domains.legal == "', ['in_review', 'terminated']],
    ['domains.legal=="in', ['in_review', 'terminated']],
    ['domains.legal != "', ['in_review', 'terminated']],
    ['domains["task-tracker"] == "', ['open', 'done']],
    ['domains.legal in ["', ['in_review', 'terminated']],
    ['domains.legal in ["in_review", "', ['in_review', 'terminated']],
  ])('name the stages of the system in %s', (before, stages) => {
    expect(labels(before)).toEqual(stages);
  });

  it.each(['domains.unknown == "', 'domains.constructor == "', '"text', 'gates.a && "ga', '5'])(
    'know nothing in %s',
    (before) => expect(labels(before)).toBeNull(),
  );

  it('begin with the words of the language', () => {
    expect(labels('g')).toEqual(['gates.', 'domains.', 'true', 'false']);
    expect(labels('gates.a && (do')).toContain('domains.');
    expect(labels('c', false, true)).toContain('created');
    expect(labels('c')).not.toContain('created');
  });

  it('come at an empty place only when they are asked for', () => {
    expect(labels('gates.a && ')).toBeNull();
    expect(labels('gates.a && ', true)).toContain('gates.');
    expect(labels('', true)).toContain('gates.');
  });
});
