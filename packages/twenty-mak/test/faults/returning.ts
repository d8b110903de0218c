import type { Random } from '../../src/simulator/random.ts';
import type { Answer, Client } from './client.ts';
import type { Report } from './report.ts';
import type { Buyer } from './tenant.ts';

export type Verdict = 'accepted' | 'rejected';

/** A lead that its buyer has asked to give back. */
export interface SentReturn {
  readonly id: string;
  readonly lotId: string;
  readonly leadId: string;
  readonly buyerId: string;
  /** What an arbiter was told that counts; null while nobody has decided. */
  verdict: Verdict | null;
}

interface WonLead {
  readonly lot_id: string;
  readonly lead: { readonly lead_id: string };
}

interface Said {
  readonly id: string;
  readonly verdict: Verdict | null;
  readonly code?: string;
}

/** Buyers who give leads back, and arbiters: what they asked for and what was said to them. */
export class Returning {
  readonly sent: SentReturn[] = [];
  private readonly client: Client;
  private readonly random: Random;
  private readonly report: Report;
  private readonly buyers: readonly Buyer[];
  /** Lots and leads that somebody has thought about. */
  private readonly seen = new Set<string>();

  constructor(client: Client, random: Random, report: Report, buyers: readonly Buyer[]) {
    this.client = client;
    this.random = random;
    this.report = report;
    this.buyers = buyers;
  }

  /** One of those who have won keeps a lead, or gives it back. */
  async think(): Promise<void> {
    const { random } = this;
    const buyer = random.pick(this.buyers);
    const client = this.client.as(buyer.token);
    const path = '/v1/lots/won';
    const won = await client.insist<{ items: readonly WonLead[] }>(path, {});
    if (!this.isClear(path, won, 200)) return;
    const nameOf = ({ lot_id: lot, lead }: WonLead): string => `${lot}/${lead.lead_id}`;
    const item = won.body.items.find((one) => !this.seen.has(nameOf(one)));
    if (item === undefined) return;
    this.seen.add(nameOf(item));
    if (random.chance(0.4)) return;
    const { lot_id, lead } = item;
    const asked = { lot_id, lead_id: lead.lead_id, reason: 'other', comment: 'Nobody there' };
    const { body, ...answer } = await client.insist<Said>('/v1/returns', {
      idempotencyKey: `return/${nameOf(item)}`,
      body: asked,
    });
    if (!this.isClear('/v1/returns', { body, ...answer }, 201)) return;
    const { id } = body;
    const known = { id, lotId: lot_id, leadId: lead.lead_id, buyerId: buyer.id, verdict: null };
    const sent: SentReturn = known;
    this.sent.push(sent);
    if (random.chance(0.9)) await this.decide(sent);
  }

  /** An arbiter decides; now and then two at once, of one mind or of two. */
  private async decide(sent: SentReturn): Promise<void> {
    const { random } = this;
    const verdicts: Verdict[] = [random.pick(['accepted', 'rejected'] as const)];
    if (random.chance(0.4)) verdicts.push(random.pick(['accepted', 'rejected'] as const));
    const path = `/v1/returns/${sent.id}/decision`;
    const answers = await Promise.all(
      verdicts.map((verdict) =>
        this.client.insist<Said>(path, { body: { verdict, note: 'Looked at' } }),
      ),
    );
    const counted = verdicts.filter((_, index) => answers[index]?.status === 200);
    for (const [index, answer] of answers.entries()) {
      if (answer.body.code === 'return_decided' && counted.length > 0) continue;
      if (!this.isClear(path, answer, 200)) continue;
      this.report.expect(
        answer.body.verdict === verdicts[index],
        'twice',
        () => `return ${sent.id}: ${verdicts[index]} was answered by ${answer.body.verdict}`,
      );
    }
    this.report.expect(
      new Set(counted).size === 1,
      'twice',
      () => `return ${sent.id} was decided as ${verdicts.join()}: ${counted.join()} count`,
    );
    sent.verdict = counted[0] ?? null;
  }

  private isClear(path: string, { status, body }: Answer<object>, wanted: number): boolean {
    this.report.expect(
      status === wanted,
      'answer',
      () => `${path}: ${status} ${JSON.stringify(body).slice(0, 300)}`,
    );
    return status === wanted;
  }
}
