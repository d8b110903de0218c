import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { OutboundResult } from '../../platform/outbound-http/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { adminsOf, notify } from '../../platform/notifications/index.ts';
import {
  claimDeliveries,
  disableFailing,
  FIND_WAITING,
  markDelivered,
  markFailed,
  noteOutcome,
} from './deliveries.repository.ts';
import type { ClaimedDelivery } from './deliveries.repository.ts';
import { webhookDelivery } from './webhooks.jobs.ts';
import { signingSecrets } from './webhooks.repository.ts';
import { pauseAfter } from './webhooks.retry.ts';
import { signatureHeaders } from './webhooks.signature.ts';

interface Place {
  readonly tenantId: string;
  readonly subscriptionId: string;
}

interface Target {
  readonly url: string;
  readonly secrets: readonly string[];
}

/** Requests to one subscription at a time. */
const LANES = 10;
/** While requests run, how often it is looked for more, in milliseconds. */
const LOOK = 250;
/** Days of nothing but failures after which a subscription is switched off. */
const PATIENCE_DAYS = 5;
const GONE = 410;

/** Sends deliveries: events of one deal in their order, deals independent of each other, each at least once. */
@Injectable()
@HandlesJob(webhookDelivery)
export class WebhookSender implements JobHandler<Place> {
  private readonly logger = new Logger(WebhookSender.name);
  private readonly attempts: Counter<'outcome'>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(SecretBox) private readonly secrets: SecretBox,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.attempts = metrics.counter(
      'mak_webhooks_attempts_total',
      'Attempts to deliver a webhook.',
      ['outcome'],
    );
  }

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(FIND_WAITING);
  }

  async handle(place: Place, signal: AbortSignal): Promise<void> {
    const flights = new Set<Promise<void>>();
    for (;;) {
      const free = signal.aborted ? 0 : LANES - flights.size;
      if (free > 0) {
        const { target, claimed } = await this.claim(place, free);
        for (const delivery of claimed) {
          const flight = this.deliver(place, target, delivery)
            // The lock ends by itself, then it is sent again.
            .catch((error: unknown) =>
              this.logger.error(`a delivery could not be noted: ${String(error)}`),
            )
            .finally(() => flights.delete(flight));
          flights.add(flight);
        }
      }
      if (flights.size === 0) return;
      await Promise.race([...flights, sleep(LOOK)]);
    }
  }

  private async claim(
    { tenantId, subscriptionId }: Place,
    limit: number,
  ): Promise<{ target: Target; claimed: readonly ClaimedDelivery[] }> {
    return this.database.within({ tenantId }, async (transaction) => {
      const signing = await signingSecrets(transaction, tenantId, subscriptionId);
      if (signing === undefined) return { target: { url: '', secrets: [] }, claimed: [] };
      const open = (sealed: Buffer): string =>
        this.secrets.open('webhook secret', subscriptionId, sealed);
      const target = { url: signing.url, secrets: signing.secrets.map(open) };
      const lease = this.config.MAK_WEBHOOK_TIMEOUT_MS * 2 + 1_000;
      return { target, claimed: await claimDeliveries(transaction, subscriptionId, limit, lease) };
    });
  }

  private async deliver(place: Place, target: Target, delivery: ClaimedDelivery): Promise<void> {
    const { event_id: id, body, now: sentAt } = delivery;
    const result = await this.http.post({
      system: 'webhook',
      url: target.url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'MaK-Webhooks/1',
        ...signatureHeaders(target.secrets, { id, sentAt, body }),
        ...(delivery.replayed ? { 'webhook-replayed': 'true' } : {}),
      },
      body,
      timeout: this.config.MAK_WEBHOOK_TIMEOUT_MS,
    });
    const succeeded = result.kind === 'answered' && result.status >= 200 && result.status < 300;
    this.attempts.inc({ outcome: succeeded ? 'delivered' : 'failed' });
    await this.note(place, delivery, result, succeeded);
  }

  private async note(
    { tenantId, subscriptionId }: Place,
    delivery: ClaimedDelivery,
    result: OutboundResult,
    succeeded: boolean,
  ): Promise<void> {
    const attempt = { id: delivery.id, attempts: delivery.attempts, ...told(result) };
    const last = delivery.attempts >= this.config.MAK_WEBHOOK_ATTEMPTS;
    const pause = last
      ? null
      : pauseAfter(delivery.attempts, this.config.MAK_WEBHOOK_RETRY_MS, Math.random());
    await this.database.within({ tenantId }, async (transaction) => {
      const counted = succeeded
        ? await markDelivered(transaction, attempt)
        : await markFailed(transaction, attempt, pause);
      if (!counted) return;
      await noteOutcome(transaction, subscriptionId, succeeded);
      if (succeeded) return;
      const gone = attempt.status === GONE;
      const reason = gone
        ? 'The receiver answered 410 Gone.'
        : `Every attempt of ${PATIENCE_DAYS} days failed.`;
      if (!(await disableFailing(transaction, subscriptionId, gone ? 0 : PATIENCE_DAYS, reason)))
        return;
      const admins = await adminsOf(transaction, tenantId);
      const data = { subscription_id: subscriptionId, reason };
      await notify(
        transaction,
        tenantId,
        admins.map((accountId) => ({ accountId, kind: 'webhook.disabled', dealId: null, data })),
      );
    });
  }
}

function told(result: OutboundResult): { status: number | null; error: string | null } {
  if (result.kind === 'failed') return { status: null, error: `${result.code}: ${result.reason}` };
  const { status, excerpt } = result;
  return { status, error: excerpt === '' ? `HTTP ${status}` : `HTTP ${status}: ${excerpt}` };
}
