import type { Installation } from './installation.ts';
import { definition } from './pipeline.ts';

export interface FaultTenant {
  readonly id: string;
  readonly apiKey: string;
}

/** A tenant with the hurried pipeline, an admin who is told of breaches, and a webhook. */
export async function makeTenant(
  { apis: [api], operatorKey }: Installation,
  receiver: string,
): Promise<FaultTenant> {
  const call = async <Body>(path: string, key: string, body: object): Promise<Body> => {
    const response = await fetch(`${api?.url ?? ''}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Body;
  };
  const made = await call<{ tenant: { id: string }; api_key: { secret: string } }>(
    '/v1/tenants',
    operatorKey,
    {
      key: 'faults',
      name: 'Under fire',
      admin: { email: 'admin@faults.example', name: 'Admin', password: 'a-password-of-the-faults' },
    },
  );
  const apiKey = made.api_key.secret;
  await call('/v1/pipelines', apiKey, { definition, publish: true, is_default: true });
  await call('/v1/webhooks', apiKey, { url: receiver });
  return { id: made.tenant.id, apiKey };
}
