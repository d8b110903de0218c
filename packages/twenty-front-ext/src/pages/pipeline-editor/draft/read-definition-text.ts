import { validateDefinition } from 'twenty-mak-domain';
import type { Decision, PipelineDefinition } from 'twenty-mak-domain';

/** Reads the text of a file as a definition of the pipeline `key`. Refuses with `malformed_json` or what the domain finds. */
export function readDefinitionText(text: string, key: string): Decision<PipelineDefinition> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return {
      ok: false,
      refusal: { code: 'malformed_json', reason: 'The file is no JSON.' },
    };
  }
  const read = validateDefinition(raw);
  return read.ok ? { ok: true, value: { ...read.value, key } } : read;
}
