import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { formatInstant, parseInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';
import { makeTenant, peopleOf, wakeTenant } from '../../simulator/index.ts';
import type { Operator } from '../../simulator/index.ts';
import { CliError } from '../local/cli-error.ts';
import type { Place } from '../replay/place.ts';
import { readDemo } from '../stack/index.ts';
import { readJson, writeJson } from '../stack/json-file.ts';
import type { SimulateOptions } from './options.ts';

/** A tenant that this checkout simulates, as its state folder remembers it until a reset. */
export interface SimulatedPlace {
  readonly key: string;
  readonly id: string;
  readonly apiKey: string;
  /** What counts as now: at a second attempt the same as at the first, so that events are the same. */
  readonly now: Instant;
  /** Ends the time in which the clock of a new tenant stands still. */
  readonly wake: () => Promise<void>;
}

const keptSchema = z.object({
  apiKey: z.string(),
  /** Simulation → what counted as now. */
  runs: z.record(z.string(), z.string()),
});
type Kept = z.output<typeof keptSchema>;
const fileSchema = z.record(z.string(), keptSchema);

/** The tenant of the options: the demo tenant, one of an earlier simulation, or a new one. */
export async function openSimulated(
  operator: Operator,
  place: Place,
  options: SimulateOptions,
): Promise<SimulatedPlace> {
  const key = options.tenant === undefined ? newKey() : keyOf(options.tenant);
  const file = join(place.paths.run, 'simulated-tenants.json');
  const kept = readJson(file, fileSchema) ?? {};
  const slot = `${place.url} ${key}`;
  const known = kept[slot] ?? demoTenant(place, key);
  const name = options.tenant ?? key;
  const tenant = known ?? (await create(operator, key, name, options));
  const { id, created_at: created } = await operator.api.call<{ id: string; created_at: string }>(
    '/v1/tenant',
    { key: tenant.apiKey },
  );
  const run = [options.seed, options.deals, options.months, options.late, options.repeats].join();
  const at = tenant.runs[run] ?? (known === null ? created : formatInstant(Date.now()));
  const { apiKey } = tenant;
  writeJson(file, { ...kept, [slot]: { apiKey, runs: { ...tenant.runs, [run]: at } } });
  return {
    key,
    id,
    apiKey,
    now: parseInstant(at) ?? Date.now(),
    wake: async () => {
      await wakeTenant(operator, { id, apiKey });
    },
  };
}

function demoTenant({ paths }: Place, key: string): Kept | null {
  const demo = readDemo(paths);
  return demo?.tenant === key ? { apiKey: demo.api_key, runs: {} } : null;
}

async function create(
  operator: Operator,
  key: string,
  name: string,
  { seed, deals, password }: SimulateOptions,
): Promise<Kept> {
  const people = peopleOf(seed, deals).map((person) => ({
    ...person,
    // One person may be in several tenants; these are others in each.
    email: person.email.replace('@', `@${key}.`),
  }));
  const { apiKey } = await makeTenant(operator, {
    key,
    name,
    people,
    passwordOf: () => password,
    demo: false,
  });
  return { apiKey, runs: {} };
}

function newKey(): string {
  return `simulated-${randomBytes(4).toString('hex')}`;
}

function keyOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (/^[a-z][a-z0-9-]{0,62}$/.test(plain)) return plain;
  throw new CliError(
    `"${name}" cannot name a tenant.`,
    'Use letters of the Latin alphabet, digits and dashes, a letter first, at most 63.',
  );
}
