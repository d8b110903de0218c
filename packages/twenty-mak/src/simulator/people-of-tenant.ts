import { compareBytewise } from 'twenty-mak-domain';
import type { HttpApi } from './http-api.ts';
import { FUNCTIONS } from './people.ts';
import type { AccountRole, Person, PersonFunction } from './people.ts';

interface Account {
  readonly id: string;
  readonly email?: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly locale: Person['locale'];
  /** Whose staff it is. */
  readonly member_of: string | null;
}

interface Page {
  readonly items: readonly Account[];
  readonly next: string | null;
}

/** An account says nothing of what its person does in deals; every third one sells. */
const DUTIES: readonly PersonFunction[] = FUNCTIONS.flatMap((name, index) =>
  index % 2 === 1 && index > 1 ? ['sales', name] : [name],
);

/**
 * Those who can work on simulated deals of a tenant, in an order that stays: the head office, and of a company its head,
 * whose deals they are.
 */
export async function peopleOfTenant(api: HttpApi, apiKey: string): Promise<readonly Person[]> {
  const accounts: Account[] = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page: Page = await api.call(`/v1/accounts?limit=200${cursor}`, { key: apiKey });
    accounts.push(...page.items);
    next = page.next;
  }
  accounts.sort((left, right) => compareBytewise(left.id, right.id));
  let employees = 0;
  const heads = accounts.filter(({ member_of: company }) => company === null);
  return heads.map(({ id, email = '', name, role, locale }) => {
    const duty = role === 'employee' ? DUTIES[employees++ % DUTIES.length] : undefined;
    return { id, name, email, role, locale, function: duty ?? null };
  });
}
