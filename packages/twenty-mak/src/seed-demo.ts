import { readConfig } from './platform/config/config.ts';
import {
  articlesOf,
  clientsOf,
  deliver,
  HttpApi,
  leadsOf,
  makeAuction,
  makeCatalogue,
  makeClients,
  makeCompanies,
  makeLeads,
  makeRates,
  makeTenant,
  OFFERED,
  ordersOf,
  outsidePeople,
  peopleOf,
  peopleOfTenant,
  simulate,
  stocksOf,
  wakeTenant,
} from './simulator/index.ts';
import type { Person } from './simulator/index.ts';

/**
 * Makes the demo tenant over the running API. Run again after a crash it goes on where it was: the tenant is the same,
 * and events that came in before are repeats. The last line it prints is the tenant with its logins, in JSON.
 */
const TENANT = 'demo';
const SEED = 'demo';
const DEALS = 300;
const MONTHS = 6;
/** Known to everybody, which is why the server refuses this tenant outside of demo mode. */
const PASSWORD = 'demo-password';
/** Of people who are shown as logins: addresses that can be remembered. */
const DOMAIN = 'demo.example';

/** The head office of the seed, and the companies of the auction. */
function demoPeople(): readonly Person[] {
  let sales = 0;
  const office = peopleOf(SEED, DEALS).filter(
    ({ role }) => role !== 'partner' && role !== 'franchisee',
  );
  const named = office.map((person) => {
    if (person.function === null) return { ...person, email: `${person.role}@${DOMAIN}` };
    if (person.function !== 'sales' || sales === 3) return person;
    sales += 1;
    return { ...person, email: `sales${sales}@${DOMAIN}` };
  });
  return [...named, ...outsidePeople(DOMAIN)];
}

async function seed(): Promise<void> {
  const { HOST, PORT, PUBLIC_URL, MAK_OPERATOR_KEY: operatorKey } = readConfig();
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  const api = new HttpApi(`http://${host}:${PORT}`, new URL(PUBLIC_URL).origin);
  const operator = { api, operatorKey };
  const people = demoPeople();
  const tenant = await makeTenant(operator, {
    key: TENANT,
    name: 'Demo agency',
    people,
    passwordOf: () => PASSWORD,
    demo: true,
  });
  const staff = await peopleOfTenant(api, tenant.apiKey);
  const everybody = { people: staff, domain: DOMAIN };
  // Before there are deals, which would otherwise be looked at while the clock stands at other times.
  const leads = await makeLeads(
    operator,
    tenant,
    leadsOf(SEED, tenant.createdAt, OFFERED),
    everybody,
  );
  await makeRates({ api, key: tenant.apiKey });
  await makeClients(clientsOf(SEED, DEALS, staff), { api, key: tenant.apiKey });
  const arrivals = simulate({
    seed: SEED,
    deals: DEALS,
    months: MONTHS,
    // The same at every attempt.
    now: tenant.createdAt,
    people: staff,
  });
  await deliver(arrivals, { api, key: tenant.apiKey, concurrency: 1 });
  await wakeTenant(operator, tenant);
  const goods = { articles: articlesOf(), stocks: stocksOf(SEED) };
  const orders = ordersOf(SEED, DEALS, tenant.createdAt);
  await makeCatalogue({ ...goods, orders }, { api, key: tenant.apiKey });
  const place = { api, key: tenant.apiKey, password: PASSWORD };
  await makeCompanies({ ...place, tenant: TENANT }, everybody);
  await makeAuction({ ...place, everybody, leads, now: () => Date.now() });
  const logins = people
    .filter(({ email }) => email.endsWith(`@${DOMAIN}`))
    .map(({ role, email }) => ({ role, email, password: PASSWORD }));
  process.stdout.write(`${JSON.stringify({ tenant: TENANT, logins, api_key: tenant.apiKey })}\n`);
}

try {
  await seed();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
