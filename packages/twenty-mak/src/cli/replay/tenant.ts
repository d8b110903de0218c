import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { readDemo } from '../stack/index.ts';
import { readJson, writeJson } from '../stack/json-file.ts';
import type { Place } from './place.ts';
import { describeProblem } from './problem.ts';
import type { Reply, Sender } from './sender.ts';

/** Before every event, so that nothing is overdue while the log comes in. */
const BEFORE_ALL = '1990-01-01T00:00:00.000Z';

export interface ReplayTenant {
  readonly id: string;
  readonly key: string;
  readonly apiKey: string;
}

const keptSchema = z.record(z.string(), z.object({ id: z.string(), apiKey: z.string() }));

/**
 * A new tenant whose clock stands still and whose breaches escalate to nobody. With a name of an earlier replay it is
 * that tenant again: its key is kept in the state folder, as all secrets of the checkout are.
 */
export async function openTenant(
  sender: Sender,
  place: Place,
  name: string | undefined,
): Promise<ReplayTenant> {
  const key = name === undefined ? `replay-${randomBytes(4).toString('hex')}` : keyOf(name);
  if (readDemo(place.paths)?.tenant === key) {
    throw new CliError(
      `${key} is the demo tenant; a replay would stop its clock.`,
      'Choose another name.',
    );
  }
  const file = join(place.paths.run, 'replay-tenants.json');
  const kept = readJson(file, keptSchema) ?? {};
  const slot = `${place.url} ${key}`;
  const known = kept[slot];
  if (known !== undefined && (await exists(sender, place, known.id))) return { key, ...known };
  const made = await create(sender, place, key, name ?? key);
  if (name !== undefined)
    writeJson(file, { ...kept, [slot]: { id: made.id, apiKey: made.apiKey } });
  return made;
}

async function create(
  sender: Sender,
  place: Place,
  key: string,
  name: string,
): Promise<ReplayTenant> {
  const body = { key, name, escalation: false, clock_frozen_at: BEFORE_ALL };
  const reply = await sender.send({
    method: 'POST',
    path: '/v1/tenants',
    key: place.operatorKey,
    body: JSON.stringify(body),
    idempotencyKey: randomUUID(),
  });
  if (reply.status === 409) {
    throw new CliError(
      `There is a tenant ${key} already, and it was not made by a replay of this checkout.`,
      'Choose another name, or leave --tenant out to get a new one.',
    );
  }
  const { tenant, api_key: apiKey } = bodyOf<{
    tenant: { id: string };
    api_key: { secret: string };
  }>(reply, 'The tenant cannot be made');
  return { id: tenant.id, key, apiKey: apiKey.secret };
}

async function exists(sender: Sender, { operatorKey }: Place, id: string): Promise<boolean> {
  const { status } = await sender.send({
    method: 'GET',
    path: `/v1/tenants/${id}`,
    key: operatorKey,
  });
  return status === 200;
}

function keyOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (plain === '') {
    throw new CliError(
      `The name "${name}" has no letter or digit.`,
      'Use letters of the Latin alphabet, digits and dashes.',
    );
  }
  return (/^[a-z]/.test(plain) ? plain : `t-${plain}`).slice(0, 63);
}

/** The body of a reply that is a success. Throws a CliError with the server's words otherwise. */
export function bodyOf<Body>({ status, text }: Reply, what: string): Body {
  if (status >= 200 && status < 300) return JSON.parse(text) as Body;
  const advice =
    status === 401
      ? 'The operator key is wrong: compare MAK_OPERATOR_KEY with that of the server.'
      : 'Correct what it names and run the command again.';
  throw new CliError(`${what}: ${describeProblem(status, text)}`, advice);
}
