import { presets } from 'twenty-mak-domain';
import type { z } from 'zod';
import { RefusalError } from '../../platform/errors/index.ts';
import type { createPipelineBody, createPipelineQuery } from './pipelines.dto.ts';

type CreateBody = z.output<typeof createPipelineBody>;

/** A body that is itself a definition, as a file holds it, becomes the usual body with the query's options. */
export function withBareDefinition(
  body: unknown,
  options: z.output<typeof createPipelineQuery>,
): unknown {
  const isDefinition =
    typeof body === 'object' && body !== null && 'stages' in body && !('definition' in body);
  return isDefinition ? { definition: body, ...options } : body;
}

/** The definition that a request means: its own or a preset, under its own key and title if it has them. */
export function requestedDefinition({
  definition,
  preset,
  key,
  title,
}: Pick<CreateBody, 'definition' | 'preset' | 'key' | 'title'>): unknown {
  const base = preset === undefined ? definition : presets[preset];
  if (base === undefined)
    throw new RefusalError({
      code: 'unknown_preset',
      reason: `There is no preset \`${preset}\`; there are ${Object.keys(presets).join(', ')}.`,
      field: 'preset',
    });
  return {
    ...base,
    ...(key === undefined ? {} : { key }),
    ...(title === undefined ? {} : { title }),
  };
}
