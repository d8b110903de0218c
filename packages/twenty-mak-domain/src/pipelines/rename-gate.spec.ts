import { describe, expect, it } from 'vitest';
import { compiled, parseCel, refusalOf, small, valueOf } from './fixtures.ts';
import { adtech } from './presets/index.ts';
import { renameGate } from './rename-gate.ts';
import { truthTable } from './truth-table.ts';

const rename = (definition = adtech, gate = 'has_brief', key = 'briefed') =>
  renameGate(definition, gate, key, parseCel);

describe('renameGate', () => {
  it('changes the name everywhere and nothing else', () => {
    const confirmed = [{ gate: 'has_brief', from: 'planning', to: 'draft' }];
    const text = JSON.stringify({ ...adtech, confirmedRegressions: confirmed });
    const renamed = valueOf(rename({ ...adtech, confirmedRegressions: confirmed }));
    expect(renamed).toEqual(
      JSON.parse(
        text.replaceAll('has_brief', 'briefed').replaceAll('gates.briefed', 'gates.briefed'),
      ),
    );
    expect(truthTable(compiled(renamed)).total).toBe(truthTable(compiled(adtech)).total);
  });

  it('knows both spellings, and leaves texts, comments and longer names alone', () => {
    const when =
      '(gates.paid  &&  gates["paid"]) || gates[\'paid\'] == gates.paid_back || domains.legal == "paid" || domains.paid in ["paid"] || (gates.asked ? !gates.paid : true) // gates.paid';
    const definition = { ...small, rules: [{ stage: 'won', when }] };
    expect(valueOf(rename(definition, 'paid', 'settled')).rules[0]?.when).toBe(
      '(gates.settled  &&  gates["settled"]) || gates[\'settled\'] == gates.paid_back || domains.legal == "paid" || domains.paid in ["paid"] || (gates.asked ? !gates.settled : true) // gates.paid',
    );
  });

  it('reads only predicates in which the name occurs', () => {
    const unfinished = [...small.rules, { stage: 'offer', when: 'gates.offered &&' }];
    expect(rename({ ...small, rules: unfinished }, 'paid', 'settled').ok).toBe(true);
    expect(refusalOf(rename({ ...small, rules: unfinished }, 'offered', 'sent')).code).toBe(
      'predicate_syntax',
    );
  });

  it('refuses what does not exist or is taken, and leaves the same name alone', () => {
    expect(refusalOf(rename(small, 'nothing', 'x'))).toMatchObject({
      code: 'unknown_gate',
      field: 'gate',
    });
    expect(refusalOf(rename(small, 'paid', 'asked'))).toMatchObject({
      code: 'duplicate_key',
      field: 'key',
    });
    expect(valueOf(rename(small, 'paid', 'paid'))).toBe(small);
  });

  it('adds no member that was not there', () => {
    const { timers: _timers, ...bare } = small;
    expect(Object.keys(valueOf(rename(bare, 'paid', 'settled')))).toEqual(Object.keys(bare));
    expect(valueOf(rename(bare, 'paid', 'settled')).events[0]).toEqual(bare.events[0]);
  });
});
