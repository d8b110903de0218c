import type { SimulatedAccount } from './account.ts';
import { eventName, hookBody } from './hook-body.ts';
import type { HookStyle } from './hook-body.ts';
import type { Change } from './stored.ts';

export interface SimulatedWebhook {
  readonly id: number;
  readonly destination: string;
  settings: readonly string[];
  readonly sort: number;
  readonly created_at: number;
  updated_at: number;
  readonly created_by: number;
  disabled: boolean;
}

interface Delivery {
  readonly webhook: SimulatedWebhook;
  readonly body: string;
  readonly attempt: number;
  /** Milliseconds. */
  readonly dueAt: number;
}

export interface WebhookOptions extends Partial<HookStyle> {
  /** What becomes of a message on its way, before anything is tried. */
  readonly fate?: () => 'sent' | 'lost' | 'repeated';
}

const MINUTE = 60_000;
/** After which attempt, how long, and whether only for failures of the receiver. */
const RETRIES = [
  { after: 5 * MINUTE, serverErrorsOnly: false },
  { after: 15 * MINUTE, serverErrorsOnly: false },
  { after: 15 * MINUTE, serverErrorsOnly: true },
  { after: 60 * MINUTE, serverErrorsOnly: true },
] as const;
/** How long an answer may take, in milliseconds. */
const TIMEOUT = 2_000;
/** So many answers that are none, in so many milliseconds, and a webhook is switched off. */
const MOST_FAILURES = 100;
const FAILURES_WITHIN = 120 * MINUTE;

/** Who is told of changes, and what is on its way. Nothing is sent before `deliverDue` is called. */
export class SimulatedWebhooks {
  readonly all = new Map<string, SimulatedWebhook>();
  fate: NonNullable<WebhookOptions['fate']>;
  private readonly account: SimulatedAccount;
  private readonly now: () => number;
  private readonly origin: () => string;
  private readonly style: HookStyle;
  private readonly failures = new Map<number, number[]>();
  private waiting: Delivery[] = [];

  constructor(
    account: SimulatedAccount,
    now: () => number,
    origin: () => string,
    {
      companiesAs = 'contacts',
      hidesAuthor = () => false,
      fate = () => 'sent',
    }: WebhookOptions = {},
  ) {
    this.account = account;
    this.now = now;
    this.origin = origin;
    this.style = { companiesAs, hidesAuthor };
    this.fate = fate;
  }

  /** A destination that is known gets the new settings, and is on again. */
  subscribe(destination: string, settings: readonly string[], userId: number): SimulatedWebhook {
    const known = this.all.get(destination);
    const now = this.account.seconds();
    if (known !== undefined) {
      Object.assign(known, { settings, disabled: false, updated_at: now });
      this.failures.delete(known.id);
      return known;
    }
    const webhook: SimulatedWebhook = {
      id: this.account.nextId(),
      destination,
      settings,
      sort: this.all.size + 1,
      created_at: now,
      updated_at: now,
      created_by: userId,
      disabled: false,
    };
    this.all.set(destination, webhook);
    return webhook;
  }

  /** One message for all that one call changed, as far as a webhook asked for it. */
  tell(changes: readonly Change[]): void {
    for (const webhook of this.all.values()) {
      const told = changes.filter((change) => webhook.settings.includes(eventName(change)));
      if (told.length === 0 || webhook.disabled) continue;
      const fate = this.fate();
      if (fate === 'lost') continue;
      const body = hookBody(this.account, told, this.origin(), this.style);
      const delivery: Delivery = { webhook, body, attempt: 1, dueAt: this.now() };
      this.waiting.push(delivery, ...(fate === 'repeated' ? [delivery] : []));
    }
  }

  /** Messages that wait, for the first time or again. */
  get underWay(): number {
    return this.waiting.length;
  }

  /** Sends what is due, all at once, and waits for the answers. */
  async deliverDue(): Promise<void> {
    const now = this.now();
    const due = this.waiting.filter(({ dueAt }) => dueAt <= now);
    this.waiting = this.waiting.filter(({ dueAt }) => dueAt > now);
    await Promise.all(due.map(async (delivery) => this.answered(delivery, await post(delivery))));
  }

  private answered(delivery: Delivery, status: number): void {
    if (status >= 100 && status < 300) return;
    const { webhook, attempt } = delivery;
    const now = this.now();
    const recent = [...(this.failures.get(webhook.id) ?? []), now].filter(
      (at) => at > now - FAILURES_WITHIN,
    );
    this.failures.set(webhook.id, recent);
    if (recent.length > MOST_FAILURES) webhook.disabled = true;
    const retry = RETRIES[attempt - 1];
    const isServerError = status === 499 || (status >= 500 && status < 600);
    if (retry === undefined || (retry.serverErrorsOnly && !isServerError)) return;
    this.waiting.push({ ...delivery, attempt: attempt + 1, dueAt: now + retry.after });
  }
}

/** Status of the answer; 0 when there is none in time. */
async function post({ webhook: { destination }, body }: Delivery): Promise<number> {
  try {
    const answer = await fetch(destination, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}
