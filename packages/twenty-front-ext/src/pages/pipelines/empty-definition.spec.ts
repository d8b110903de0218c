import { parse } from '@marcbachmann/cel-js';
import {
  compilePipeline,
  definitionFindings,
  KNOWN_TYPES,
  verifyPipeline,
} from 'twenty-mak-domain';
import { expect, it } from 'vitest';
import { emptyDefinition } from './empty-definition.ts';

it('can be published as it is', () => {
  const words = {
    begin: 'Новая',
    work: 'In work',
    won: 'Won',
    lost: 'Lost',
    started: 'Begun',
    bought: 'Bought',
  };
  const definition = emptyDefinition({ key: 'mine', title: 'Mine' }, words);
  expect(definitionFindings(definition, parse)).toEqual([]);
  const compiled = compilePipeline(definition, parse);
  if (!compiled.ok) throw new Error(compiled.refusal.reason);
  expect(verifyPipeline(compiled.value, { knownTypes: KNOWN_TYPES })).toMatchObject({
    publishable: true,
    findings: [],
    regressions: [],
  });
});
