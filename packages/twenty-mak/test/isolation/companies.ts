import { randomInt, randomUUID } from 'node:crypto';
import type { TestApp } from '../support/app.ts';
import { PASSWORD, signIn } from '../support/people.ts';
import type { World } from './world.ts';

/** Somebody of the first tenant, with what only this one, or only the company, may read. */
export interface Inhabitant {
  readonly name: string;
  readonly role: 'partner' | 'franchisee' | 'guest' | 'employee';
  /** Bearer token of a session. */
  readonly token: string;
  /** Head account of the company; the account itself where there is none. */
  readonly company: string;
  /** The world of the tenant with this one's things in it, which requests name. */
  readonly world: World;
  /** Words and ids that stand in nothing that other companies read. */
  readonly ofCompany: readonly string[];
  /** Words and ids for this person alone. */
  readonly personal: readonly string[];
}

interface Made {
  readonly id: string;
}
interface Invited {
  readonly account: Made;
  readonly invitation: { readonly token: string };
}

/** Two partners, two franchisees, staff of one of them, an employee and a guest, each with everything that one can have. */
export async function settle(mak: TestApp, world: World): Promise<Inhabitant[]> {
  const settler = new Settler(mak, world);
  const heads: Inhabitant[] = [];
  for (const name of ['partner-1', 'partner-2', 'franchisee-1', 'franchisee-2'] as const)
    heads.push(await settler.head(name));
  const [, , first] = heads;
  if (first === undefined) throw new Error('nobody has settled');
  return [
    ...heads,
    await settler.staff('staff-of-franchisee-1', first),
    await settler.alone('employee'),
    await settler.alone('guest'),
  ];
}

class Settler {
  constructor(
    private readonly mak: TestApp,
    private readonly world: World,
  ) {}

  /** The head of a company with deals, clients, leads, money and an invitation that is open. */
  async head(name: `${'partner' | 'franchisee'}-${number}`): Promise<Inhabitant> {
    const role = name.startsWith('partner') ? 'partner' : 'franchisee';
    const marker = `owl-${name}`;
    const { id, token } = await this.person('/v1/accounts', { name: marker, role }, marker);
    const email = `${marker}-contact@example.com`;
    const amount = randomInt(1_000_000_000, 9_000_000_000);
    await this.made(
      `/v1/company?company_id=${id}`,
      { version: 0, company_name: marker, phone: '+380671112233', tax_number: '12345' },
      'PATCH',
    );
    const invited = await this.made<Invited>('/v1/staff', {
      company_id: id,
      email: `${marker}-staff@example.com`,
      name: marker,
    });
    const deal = await this.made<Made>('/v1/deals', {
      name: marker,
      pipeline: 'credit',
      owner_id: id,
    });
    await this.made('/v1/events', {
      event_id: marker,
      source: 'bank',
      type: 'A_SUBMITTED',
      occurred_at: '2026-01-05T10:00:00Z',
      master_deal_id: deal.id,
      data: { 'lifecycle:transition': 'COMPLETE', note: marker },
    });
    await this.made(`/v1/deals/${deal.id}/notes`, { text: marker });
    const client = await this.made<Made>('/v1/clients', {
      name: marker,
      owner_id: id,
      contacts: [{ name: marker, email }],
    });
    const { lead } = await this.made<{ lead: Made }>('/v1/leads', {
      ...{ name: marker, emails: [email], title: marker, comment: marker },
      attributes: { note: marker },
    });
    const column = role === 'partner' ? 'partner_id' : 'buyer_id';
    await this.mak.database.query(`UPDATE lead SET ${column} = $2 WHERE id = $1`, [lead.id, id]);
    await this.made('/v1/wallet/top-ups', {
      ...{ account_id: id, amount, reference: marker, note: marker },
    });
    const leadReturn = await this.returned(id, marker);
    const [run] = await this.mak.database.query<World['run']>(
      'SELECT deal_id, timer, opened_source, opened_event_id FROM sla_run WHERE deal_id = $1',
      [deal.id],
    );
    const own = await this.personal(id, name, null);
    return {
      ...{ name, role, token, company: id },
      ofCompany: [marker, id, deal.id, client.id, lead.id, invited.account.id, String(amount)],
      personal: own.secrets,
      world: {
        ...this.world,
        ...own.things,
        ...{ account: id, company: id, staff: invited.account.id, invited: invited.account.id },
        ...{ deal: deal.id, otherDeal: deal.id, client: client.id, lead: lead.id, leadReturn },
        run: run ?? this.world.run,
      },
    };
  }

  /** Somebody of a company, who sees what is the company's and keeps what is personal. */
  async staff(name: string, head: Inhabitant): Promise<Inhabitant> {
    const body = { name: `${head.ofCompany[0] ?? ''} staff`, company_id: head.company };
    const { id, token } = await this.person(
      '/v1/staff',
      body,
      `${head.ofCompany[0] ?? ''}-${name}`,
    );
    const own = await this.personal(id, name, null);
    return {
      ...head,
      ...{ name, token, personal: own.secrets },
      world: { ...head.world, ...own.things, staff: id },
    };
  }

  /** Somebody of the office or a guest: only what is personal, and an address. */
  async alone(role: 'employee' | 'guest'): Promise<Inhabitant> {
    const marker = `owl-${role}`;
    const { id, token } = await this.person('/v1/accounts', { name: `The ${role}`, role }, marker);
    const own = await this.personal(id, role, null);
    return {
      ...{ name: role, role, token, company: id },
      ofCompany: [`${marker}@example.com`],
      personal: own.secrets,
      world: { ...this.world, ...own.things },
    };
  }

  /** An invited person who has chosen a password. */
  private async person(
    path: string,
    body: object,
    address: string,
  ): Promise<Made & { token: string }> {
    const email = `${address}@example.com`;
    const { account, invitation } = await this.made<Invited>(path, { ...body, email });
    await this.mak.call('/v1/invitations/accept', {
      body: { token: invitation.token, password: PASSWORD },
    });
    return { id: account.id, token: (await signIn(this.mak, email)).token };
  }

  private async personal(accountId: string, name: string, dealId: string | null) {
    const [task, notification, view] = [randomUUID(), randomUUID(), randomUUID()];
    const marker = `wren-${name}`;
    const { tenantId } = this.world;
    const query = (sql: string, values: unknown[]) => this.mak.database.query(sql, values);
    await query(
      `INSERT INTO task (id, tenant_id, deal_id, kind, subject, title, assignee_id) VALUES ($1, $2, $3, 'manual', $4, $4, $5)`,
      [task, tenantId, dealId, marker, accountId],
    );
    await query(
      `INSERT INTO notification (id, tenant_id, account_id, kind, data) VALUES ($1, $2, $3, 'sla', $4)`,
      [notification, tenantId, accountId, JSON.stringify({ note: marker })],
    );
    await query(
      `INSERT INTO saved_view (id, tenant_id, kind, name, definition, owner_id) VALUES ($1, $2, 'board', $3, '{}', $4)`,
      [view, tenantId, marker, accountId],
    );
    return { things: { task, notification, view }, secrets: [marker, task, notification, view] };
  }

  /** A lead that the company bought and wants to give back. */
  private async returned(buyerId: string, marker: string): Promise<string> {
    const id = randomUUID();
    await this.mak.database.query(
      `INSERT INTO lead_return (id, tenant_id, lot_id, lead_id, buyer_id, seller_id, price, currency, bought_at,
         requested_by, reason, comment, requested_at)
       VALUES ($1, $2, $3, $4, $5, $2, 5, 'EUR', now(), $5, 'other', $6, now())`,
      [id, this.world.tenantId, this.world.lot, randomUUID(), buyerId, marker],
    );
    return id;
  }

  /** As the tenant's own key. */
  private async made<Body>(path: string, body: object, method = 'POST'): Promise<Body> {
    const answer = await this.mak.call<Body>(path, { key: this.world.apiKey, method, body });
    if (answer.status >= 300)
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
