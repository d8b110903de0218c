import type { PipelineDefinition } from '../definition.ts';
import { adtech, adtechCanonicalCase } from './adtech.ts';
import { credit } from './credit.ts';

/** The pipelines that ship with the product, by key. */
export const presets: Readonly<Record<string, PipelineDefinition>> = {
  [adtech.key]: adtech,
  [adtechCanonicalCase.key]: adtechCanonicalCase,
  [credit.key]: credit,
};

export { adtech, adtechCanonicalCase, credit };
