import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { MakRefusal } from './mak-client.ts';
import type { MakClient } from './mak-client.ts';

const settingsSchema = z.object({
  version: z.int(),
  address: z.string(),
  workspace_id: z.string(),
  application_id: z.string(),
  newcomer_role: z.string(),
  enabled: z.boolean(),
});
type Settings = Omit<z.output<typeof settingsSchema>, 'version'>;

const tenantSchema = z.object({ key: z.string(), twenty_url: z.string().nullable() });

/** The company of the key. Throws a CliError when it is another than the one meant. */
export async function readTenant(mak: MakClient, meant: string | undefined) {
  const tenant = await mak.call('/v1/tenant', tenantSchema).catch((error: unknown) => {
    throw asAdvice(error);
  });
  if (meant !== undefined && meant !== tenant.key) {
    throw new CliError(
      `The API key of MaK belongs to the company ${tenant.key}, not to ${meant}.`,
      `Give the key of an admin of ${meant}, or leave --tenant out.`,
    );
  }
  return tenant;
}

/** The sign-in as it is set; null when it never was. Throws a CliError. */
export async function readSettings(mak: MakClient) {
  try {
    return await mak.call('/v1/twenty/workspace', settingsSchema);
  } catch (error) {
    if (error instanceof MakRefusal && error.code === 'not_found') return null;
    throw asAdvice(error);
  }
}

/** Tells MaK which twenty to believe; gives whether that was new. Without a role it stays what it is. */
export async function connectWorkspace(
  mak: MakClient,
  {
    newcomer_role,
    ...door
  }: Omit<Settings, 'newcomer_role' | 'enabled'> & {
    readonly newcomer_role: string | undefined;
  },
): Promise<boolean> {
  const before = await readSettings(mak);
  const settings: Settings = {
    ...door,
    newcomer_role: newcomer_role ?? before?.newcomer_role ?? 'employee',
    enabled: true,
  };
  return writeSettings(mak, before, settings);
}

/** Nobody signs in from twenty any more; gives whether that was new. */
export async function disconnectWorkspace(mak: MakClient, workspaceId: string): Promise<boolean> {
  const before = await readSettings(mak);
  if (before === null || before.workspace_id !== workspaceId) return false;
  const { version: _, ...settings } = before;
  return writeSettings(mak, before, { ...settings, enabled: false });
}

async function writeSettings(
  mak: MakClient,
  before: z.output<typeof settingsSchema> | null,
  settings: Settings,
): Promise<boolean> {
  const { version = 0, ...known } = before ?? {};
  const values = new Map<string, unknown>(Object.entries(known));
  if (Object.entries(settings).every(([name, value]) => values.get(name) === value)) return false;
  const body = { version, ...settings };
  await mak
    .call('/v1/twenty/workspace', settingsSchema, { method: 'PUT', body })
    .catch((error: unknown) => {
      throw asAdvice(error);
    });
  return true;
}

/**
 * Throws a CliError when MaK cannot ask twenty. It asks with a token that says the right workspace and application, so that
 * MaK passes it on, and that nobody has signed: a twenty that can be reached refuses it.
 */
export async function probeTwenty(
  mak: MakClient,
  tenant: string,
  ids: { readonly workspaceId: string; readonly applicationId: string },
): Promise<void> {
  const { workspaceId, applicationId } = ids;
  const claims = {
    type: 'APPLICATION_ACCESS',
    sub: applicationId,
    applicationId,
    workspaceId,
    userId: crypto.randomUUID(),
    exp: Math.floor(Date.now() / 1_000) + 600,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}.${part({})}`;
  try {
    const path = `/v1/twenty/${encodeURIComponent(tenant)}/session`;
    await mak.call(path, z.unknown(), { method: 'POST', token });
  } catch (error) {
    if (error instanceof MakRefusal && error.code === 'twenty_token_refused') return;
    if (error instanceof MakRefusal && error.code === 'twenty_unreachable') {
      throw new CliError(
        'MaK cannot reach twenty at this address, so nobody can sign in from there.',
        'Give an address that the server of MaK reaches too, or mend the network between them.',
      );
    }
    throw asAdvice(error);
  }
  throw new CliError(
    'This twenty believes a token that nobody has signed.',
    'Do not connect it: whoever asks there is believed to be anybody.',
  );
}

/** What MaK refuses, with what to do about it. */
export function asAdvice(error: unknown): unknown {
  if (!(error instanceof MakRefusal)) return error;
  const advice: Record<string, string> = {
    scope_missing: 'Give the key of an admin of MaK: the command changes who may sign in.',
    scope_not_held: 'Give the key of an admin of MaK: the command changes who may sign in.',
    url_not_allowed:
      'MaK asks only https addresses of the public internet. In a closed network start it with MAK_ALLOW_PRIVATE_WEBHOOKS=true.',
    twenty_workspace_taken: 'Disconnect the other company first, or ask the operator.',
    stale_version: 'Somebody changed the settings in this moment; run the command again.',
  };
  return new CliError(
    `MaK refuses: ${error.message} (${error.code})`,
    advice[error.code] ?? 'Correct what it names and run the command again.',
  );
}
