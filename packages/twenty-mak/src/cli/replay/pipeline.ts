import { existsSync, readFileSync, statSync } from 'node:fs';
import { presets } from 'twenty-mak-domain';
import { parseDocument } from 'yaml';
import { CliError } from '../local/cli-error.ts';
import type { Sender } from './sender.ts';
import { bodyOf } from './tenant.ts';
import type { ReplayTenant } from './tenant.ts';

/** A definition is a few kilobytes. */
const MAX_FILE = 256 * 1024;

/** A preset by its key, or a definition of the user's own. */
export type PipelineChoice =
  | { readonly preset: string }
  | { readonly definition: Record<string, unknown> };

/** What `--pipeline` means: the key of a preset, else a file in JSON or YAML. Throws a CliError. */
export function choosePipeline(given: string): PipelineChoice {
  if (Object.hasOwn(presets, given)) return { preset: given };
  if (!existsSync(given)) {
    throw new CliError(
      `There is no pipeline ${given}, and no such file.`,
      `Presets are ${Object.keys(presets).join(', ')}. Or give a definition in JSON or YAML; docs/integrators/pipeline-definition.md has the format.`,
    );
  }
  return { definition: readDocument(given, 'pipeline definition') };
}

/** An object out of a file in JSON or YAML. Throws a CliError that names the place of a mistake. */
export function readDocument(file: string, what: string): Record<string, unknown> {
  if (!existsSync(file))
    throw new CliError(
      `The file ${file} does not exist.`,
      `Give the path of a ${what} in JSON or YAML.`,
    );
  if (statSync(file).size > MAX_FILE)
    throw new CliError(`${file} is too large for a ${what}.`, `It may have ${MAX_FILE} bytes.`);
  const document = parseDocument(readFileSync(file, 'utf8'), {
    schema: 'core',
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined)
    throw new CliError(
      `${file} is neither JSON nor YAML: ${error.message}`,
      'Correct the place that it names.',
    );
  const value: unknown = document.toJS({ maxAliasCount: 50 });
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new CliError(`${file} is no ${what}.`, 'It must hold one object.');
}

/** Publishes the pipeline as the tenant's default, unless an earlier replay did. Gives its key. */
export async function publishPipeline(
  sender: Sender,
  tenant: ReplayTenant,
  choice: PipelineChoice,
): Promise<string> {
  const key = 'preset' in choice ? presets[choice.preset]?.key : choice.definition['key'];
  if (typeof key === 'string' && key !== '') {
    const { status, text } = await sender.send({
      method: 'GET',
      path: `/v1/pipelines/${encodeURIComponent(key)}`,
      key: tenant.apiKey,
    });
    if (
      status === 200 &&
      (JSON.parse(text) as { current_version: number | null }).current_version !== null
    )
      return key;
  }
  const reply = await sender.send({
    method: 'POST',
    path: '/v1/pipelines',
    key: tenant.apiKey,
    body: JSON.stringify({ ...choice, publish: true, is_default: true, declare_types: true }),
  });
  return bodyOf<{ key: string }>(reply, 'The pipeline cannot be published').key;
}
