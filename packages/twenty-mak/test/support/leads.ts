import type { Answer, TestApp, TestTenant } from './app.ts';
import { PASSWORD, signIn } from './people.ts';

export interface LeadBody {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly city: string | null;
  readonly niche: string | null;
  readonly legal_form: string | null;
  readonly source: string;
  readonly amount: number | null;
  readonly responsible_id: string | null;
  readonly partner_id: string | null;
  readonly buyer_id: string | null;
  readonly deal_id: string | null;
  readonly consent: string | null;
  readonly duplicate: boolean;
  readonly version: number;
  readonly contact: {
    readonly state: string;
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly city: string | null;
  };
  readonly external_refs: readonly { system: string; id: string }[];
  readonly absorbed: readonly string[];
  readonly possible_statuses: readonly string[];
}

export interface EnteredBody {
  readonly result: string;
  readonly exists: boolean;
  readonly matches?: readonly { lead_id: string; by: string; score: number }[];
  readonly lead: LeadBody | null;
  readonly code?: string;
  readonly field?: string;
  readonly title?: string;
}

/** Somebody of a role of the tenant, signed in. */
export async function member(
  mak: TestApp,
  tenant: TestTenant,
  role: string,
  name: string,
): Promise<{ readonly id: string; readonly token: string }> {
  const email = `${name}.${tenant.key}@example.com`;
  const invited = await mak.call<{ account: { id: string }; invitation: { token: string } }>(
    '/v1/accounts',
    { key: tenant.apiKey, body: { email, name, role } },
  );
  if (invited.status !== 201) throw new Error(`no account: ${JSON.stringify(invited.body)}`);
  const { token } = invited.body.invitation;
  await mak.call('/v1/invitations/accept', { body: { token, password: PASSWORD } });
  return { id: invited.body.account.id, token: (await signIn(mak, email)).token };
}

/** A key of the tenant with these scopes. */
export async function keyWith(
  mak: TestApp,
  tenant: TestTenant,
  scopes: readonly string[],
): Promise<string> {
  const { body } = await mak.call<{ secret: string }>('/v1/api-clients', {
    key: tenant.apiKey,
    body: { name: scopes.join(' '), scopes },
  });
  return body.secret;
}

export function enter(
  mak: TestApp,
  key: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer<EnteredBody>> {
  return mak.call<EnteredBody>('/v1/leads', { key, body, headers });
}

/** Enters a lead that nothing is wrong with. */
export async function entered(mak: TestApp, key: string, body: object): Promise<LeadBody> {
  const answer = await enter(mak, key, body);
  const { lead } = answer.body;
  if (answer.status !== 201 || lead === null)
    throw new Error(`no lead: ${answer.status} ${JSON.stringify(answer.body)}`);
  return lead;
}

/** Changes the tenant's settings of leads. */
export async function setRules(mak: TestApp, key: string, changes: object): Promise<void> {
  const { body } = await mak.call<{ version: number }>('/v1/leads/settings', { key });
  const saved = await mak.call('/v1/leads/settings', {
    key,
    method: 'PUT',
    body: { version: body.version, ...changes },
  });
  if (saved.status !== 200) throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
}
