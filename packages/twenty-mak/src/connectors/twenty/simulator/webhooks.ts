import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Change } from './table.ts';

export interface SimulatedWebhook {
  readonly id: string;
  readonly targetUrl: string;
  readonly operations: readonly string[];
  readonly secret: string;
}

/** What becomes of a message; twenty tries none a second time. */
export type Fate = 'delivered' | 'lost' | 'repeated';

export interface Author {
  /** Null for an API key. */
  readonly userId: string | null;
}

/** Tells of changes as twenty does: after them, once, in no order, and whatever is answered. */
export class SimulatedWebhooks {
  readonly all = new Map<string, SimulatedWebhook>();
  fate: () => Fate = () => 'delivered';
  /** Takes a message there; the network unless told. */
  send: (url: string, secret: string, body: string) => void = (url, secret, body) =>
    this.post(url, secret, body);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly workspaceId: string,
    private readonly now: () => number,
  ) {}

  create(input: Omit<SimulatedWebhook, 'id' | 'secret'> & { secret?: string }): SimulatedWebhook {
    const webhook = {
      targetUrl: input.targetUrl,
      operations: input.operations,
      secret: input.secret ?? randomBytes(32).toString('hex'),
      id: randomUUID(),
    };
    this.all.set(webhook.id, webhook);
    return webhook;
  }

  tell(object: string, { operation, row, updatedFields }: Change, { userId }: Author): void {
    const eventName = `${object}.${operation}`;
    const names = [eventName, `*.${operation}`, `${object}.*`, '*.*'];
    for (const { id, targetUrl, operations, secret } of this.all.values()) {
      if (!names.some((name) => operations.includes(name))) continue;
      const fate = this.fate();
      if (fate === 'lost') continue;
      const body = JSON.stringify({
        targetUrl,
        eventName,
        objectMetadata: { id: object, nameSingular: object },
        workspaceId: this.workspaceId,
        webhookId: id,
        eventDate: new Date(this.now()).toISOString(),
        ...(userId === null ? {} : { userId, workspaceMemberId: userId }),
        record: row,
        ...(operation === 'created' ? {} : { updatedFields }),
      });
      this.send(targetUrl, secret, body);
      if (fate === 'repeated') this.send(targetUrl, secret, body);
    }
  }

  /** Resolves when no message is on its way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private post(url: string, secret: string, body: string): void {
    const timestamp = String(this.now());
    const sent = fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-twenty-webhook-timestamp': timestamp,
        'x-twenty-webhook-signature': createHmac('sha256', secret)
          .update(`${timestamp}:${body}`)
          .digest('hex'),
        'x-twenty-webhook-nonce': randomBytes(16).toString('hex'),
      },
      body,
      signal: AbortSignal.timeout(5_000),
    })
      .then((answer) => answer.body?.cancel())
      .catch(() => undefined)
      .then(() => {
        this.underWay.delete(sent);
      });
    this.underWay.add(sent);
  }
}
