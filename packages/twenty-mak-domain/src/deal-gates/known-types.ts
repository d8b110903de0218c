import { presets } from '../pipelines/index.ts';
import { BUILT_IN_TYPES } from './mapping.ts';

/** Event types that some system of the product sends; a pipeline lists further ones under `knownTypes`. */
export const KNOWN_TYPES: ReadonlySet<string> = new Set([
  ...BUILT_IN_TYPES,
  ...Object.values(presets).flatMap(({ events, knownTypes = [] }) => [
    ...events.flatMap(({ type, aliases = [] }) => [type, ...aliases]),
    ...knownTypes,
  ]),
]);
