import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { Audit } from '../audit/index.ts';
import { webhookView } from './webhooks.dto.ts';
import type { CreateWebhook, EditWebhook, WebhookView, WebhookWithSecret } from './webhooks.dto.ts';
import { webhookDelivery } from './webhooks.jobs.ts';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  replaceSecret,
  updateWebhook,
} from './webhooks.repository.ts';
import type { WebhookRow, WebhookStatus } from './webhooks.repository.ts';
import { newSecret } from './webhooks.signature.ts';

const MAX_WEBHOOKS = 50;
/** How long a replaced secret still signs as well. */
const OVERLAP_HOURS = 24;

/** Manages subscriptions. Every change needs the version that was read: 409 `stale_version` otherwise. */
@Injectable()
export class WebhooksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly secrets: SecretBox,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** It gets events that commit from now on. */
  async create(principal: Principal, input: CreateWebhook): Promise<WebhookWithSecret> {
    this.checkUrl(input.url);
    const id = uuidv7();
    const secret = newSecret();
    return this.within(principal, async (transaction) => {
      if ((await listWebhooks(transaction, principal.tenantId)).length >= MAX_WEBHOOKS) {
        throw new RefusalError({
          code: 'too_many_webhooks',
          reason: `A tenant may have ${MAX_WEBHOOKS} webhooks. Delete one that is no longer needed.`,
        });
      }
      const row = await insertWebhook(transaction, principal.tenantId, {
        id,
        url: input.url,
        types: input.types,
        description: input.description ?? null,
        sealedSecret: this.secrets.seal('webhook secret', id, secret),
      });
      await Audit.record(transaction, principal, 'webhook.created', 'webhook', id, {
        url: row.url,
        types: row.types,
      });
      return { ...webhookView(row), secret };
    });
  }

  async list(principal: Principal): Promise<WebhookView[]> {
    const rows = await this.within(principal, (transaction) =>
      listWebhooks(transaction, principal.tenantId),
    );
    return rows.map(webhookView);
  }

  async read(principal: Principal, id: string): Promise<WebhookView> {
    const row = await this.within(principal, (transaction) =>
      findWebhook(transaction, principal.tenantId, id),
    );
    if (row === undefined) throw notFound('webhook');
    return webhookView(row);
  }

  async edit(
    principal: Principal,
    id: string,
    { version, ...change }: EditWebhook,
  ): Promise<WebhookView> {
    if (change.url !== undefined) this.checkUrl(change.url);
    return this.within(principal, async (transaction) => {
      await this.current(transaction, principal, id, version);
      const row = await updateWebhook(transaction, principal.tenantId, id, change);
      const { url, types } = change;
      await Audit.record(transaction, principal, 'webhook.changed', 'webhook', id, { url, types });
      return found(row);
    });
  }

  /** Pausing collects events without sending; resuming sends what waits, also after we switched it off. */
  async setStatus(
    principal: Principal,
    id: string,
    version: number,
    status: Exclude<WebhookStatus, 'disabled'>,
  ): Promise<WebhookView> {
    const view = await this.within(principal, async (transaction) => {
      const before = await this.current(transaction, principal, id, version);
      if (before.status === status) return webhookView(before);
      const row = await updateWebhook(transaction, principal.tenantId, id, { status });
      await Audit.record(transaction, principal, 'webhook.changed', 'webhook', id, { status });
      return found(row);
    });
    if (status === 'active')
      this.bell.ring(webhookDelivery, { tenantId: principal.tenantId, subscriptionId: id });
    return view;
  }

  /** A new secret; the one so far signs as well for a day. */
  async rotate(principal: Principal, id: string, version: number): Promise<WebhookWithSecret> {
    const secret = newSecret();
    return this.within(principal, async (transaction) => {
      await this.current(transaction, principal, id, version);
      const sealed = this.secrets.seal('webhook secret', id, secret);
      const row = await replaceSecret(transaction, principal.tenantId, id, sealed, OVERLAP_HOURS);
      await Audit.record(transaction, principal, 'webhook.rotated', 'webhook', id);
      return { ...found(row), secret };
    });
  }

  /** Deletes it with all that waits for it and all its dead letters. */
  async remove(principal: Principal, id: string): Promise<void> {
    await this.within(principal, async (transaction) => {
      if (!(await deleteWebhook(transaction, principal.tenantId, id))) throw notFound('webhook');
      await Audit.record(transaction, principal, 'webhook.deleted', 'webhook', id);
    });
  }

  private checkUrl(text: string): void {
    const { username, password } = new URL(text);
    const reason =
      username !== '' || password !== ''
        ? 'The address must not hold a password. Deliveries are signed instead.'
        : this.http.objection(text);
    if (reason !== undefined) {
      throw new RefusalError({ code: 'url_not_allowed', reason, field: 'url' });
    }
  }

  private async current(
    transaction: Transaction,
    { tenantId }: Principal,
    id: string,
    version: number,
  ): Promise<WebhookRow> {
    const row = await findWebhook(transaction, tenantId, id);
    if (row === undefined) throw notFound('webhook');
    if (row.version !== version) throw staleVersion(webhookView(row), { version });
    return row;
  }

  private within<T>(
    { tenantId }: Principal,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.database.within({ tenantId }, work);
  }
}

function found(row: WebhookRow | undefined): WebhookView {
  if (row === undefined) throw notFound('webhook');
  return webhookView(row);
}
