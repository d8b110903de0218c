import type { Installation } from './installation.ts';
import { definition } from './pipeline.ts';

export interface FaultTenant {
  readonly id: string;
  readonly apiKey: string;
  readonly companies: Companies;
}

/** A head account that is signed in. */
export interface Buyer {
  readonly id: string;
  readonly token: string;
}

/** Head accounts. */
export interface Companies {
  /** Franchisees, who only bid, and give back what they have won. */
  readonly bidders: readonly Buyer[];
  /** Brings leads, and bids on those of others. */
  readonly partner: string;
}

const BIDDERS = 6;

interface Account {
  readonly account: { readonly id: string; readonly role: string; readonly email: string };
}

/** A tenant with the hurried pipeline, an admin who is told of breaches, a webhook, and companies for the auction. */
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
  const password = 'a-password-of-the-faults';
  const signIn = async (email: string): Promise<string> => {
    const origin = api?.url ?? '';
    const response = await fetch(`${origin}/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email, password }),
    });
    const token = response.headers.get('set-auth-token');
    if (token === null) throw new Error(`no session: ${response.status} ${await response.text()}`);
    return token;
  };
  const company = (role: string, name: string) => {
    return { email: `${name}@faults.example`, name, role, password };
  };
  const made = await call<{
    tenant: { id: string };
    api_key: { secret: string };
    accounts: readonly Account[];
  }>('/v1/tenants', operatorKey, {
    key: 'faults',
    name: 'Under fire',
    admin: { email: 'admin@faults.example', name: 'Admin', password },
    accounts: [
      company('partner', 'partner'),
      ...Array.from({ length: BIDDERS }, (_, index) => company('franchisee', `bidder-${index}`)),
    ],
  });
  const apiKey = made.api_key.secret;
  await call('/v1/pipelines', apiKey, { definition, publish: true, is_default: true });
  await call('/v1/webhooks', apiKey, { url: receiver });
  const ofRole = (role: string) =>
    made.accounts.flatMap(({ account }) => (account.role === role ? [account] : []));
  const [partner] = ofRole('partner');
  const bidders: Buyer[] = [];
  for (const { id, email } of ofRole('franchisee'))
    bidders.push({ id, token: await signIn(email) });
  return { id: made.tenant.id, apiKey, companies: { bidders, partner: partner?.id ?? '' } };
}
