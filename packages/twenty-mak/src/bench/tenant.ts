import { request } from 'undici';
import type { BenchPlace } from './frame.ts';

/** Who may open tenants, and where. */
type Api = Pick<BenchPlace, 'url' | 'operatorKey'>;

export interface BenchTenant {
  readonly id: string;
  /** As addresses name it. */
  readonly key: string;
  readonly apiKey: string;
}

/** A fresh tenant with one published preset, and with people if there shall be some. */
export async function openTenant(
  place: Api,
  preset: string,
  accounts: readonly object[] = [],
): Promise<BenchTenant> {
  const key = `bench-${crypto.randomUUID().slice(0, 8)}`;
  const { tenant, api_key: apiKey } = await post<{
    tenant: { id: string };
    api_key: { secret: string };
  }>(place, '/v1/tenants', place.operatorKey, { key, name: key, escalation: false, accounts });
  await post(place, '/v1/pipelines', apiKey.secret, { preset, publish: true, is_default: true });
  return { id: tenant.id, key, apiKey: apiKey.secret };
}

/** POSTs JSON. Throws when the answer is no success. */
export async function post<Answer>(
  place: Api,
  path: string,
  key: string,
  body: unknown,
): Promise<Answer> {
  const answer = await request(`${place.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300)
    throw new Error(`POST ${path} answered ${answer.statusCode}: ${text}`);
  return JSON.parse(text) as Answer;
}
