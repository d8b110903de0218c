import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Batcher, Database } from '../../platform/database/index.ts';
import { isOutage, RefusalError } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { keyField } from '../../platform/validation/index.ts';
import { ConnectorSettings } from '../sync/index.ts';
import { messageToKeep } from './message.ts';
import { storeMessages } from './messages.repository.ts';
import { TWENTY } from './twenty.connector.ts';
import { twentyInbox } from './twenty.jobs.ts';
import { isFromTwenty } from './webhook-signature.ts';
import type { WebhookHeaders } from './webhook-signature.ts';

interface Door {
  readonly tenantId: string;
  readonly secret: string;
  /** Milliseconds, of the database's clock. */
  readonly now: number;
}

/** A message as it came. */
interface Message {
  readonly body: Buffer;
  readonly headers: WebhookHeaders;
}

/** Messages that are stored by one commit: twenty sends one for each record of a batch, all at once. */
const TOGETHER = 200;

/** Takes messages in; what they say is read later. */
@Injectable()
export class TwentyWebhookService {
  private readonly batcher: Batcher<Message, boolean>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {
    this.batcher = new Batcher({
      write: (tenantKey, messages) => this.store(tenantKey, messages),
      limit: TOGETHER,
      isOutage,
    });
  }

  /**
   * Stores a message once, however often it comes. Throws 401 `twenty_message_refused`, the same for a tenant that does not
   * exist, one without twenty, and a message that another has signed or that is old.
   */
  async take(tenantKey: string, body: Buffer, headers: WebhookHeaders): Promise<void> {
    const [isStored] = await this.batcher.submit(tenantKey, [{ body, headers }]);
    if (isStored !== true) throw refused();
  }

  /** Which of the messages are true ones; these are stored. */
  private async store(tenantKey: string, messages: readonly Message[]): Promise<boolean[]> {
    const door = await this.doorOf(tenantKey);
    // Without a door they are checked all the same, so that the time of the answer tells nothing.
    const { secret, now } = door ?? { secret: 'none', now: 0 };
    const areTrue = messages.map(({ body, headers }) => isFromTwenty(body, headers, secret, now));
    if (door === null) return areTrue.map(() => false);
    const { tenantId } = door;
    const kept = messages.flatMap(({ body, headers: { signature = '' } }, index) => {
      const text = areTrue[index] === true ? messageToKeep(body.toString()) : null;
      return text === null ? [] : [{ id: uuidv7(), signature, body: text }];
    });
    if (kept.length === 0) return areTrue;
    await this.database.within({ tenantId }, async (tx) => storeMessages(tx, tenantId, kept));
    this.bell.ring(twentyInbox, { tenantId });
    return areTrue;
  }

  private async doorOf(tenantKey: string): Promise<Door | null> {
    if (!keyField.safeParse(tenantKey).success) return null;
    const tenant = await this.database.within({ tenantKey }, async (tx) => {
      const [row] = await tx.query<{ id: string; now: number }>(
        'SELECT id, now()::timestamptz(3) AS now FROM tenant WHERE key = $1',
        [tenantKey],
      );
      return row;
    });
    if (tenant === undefined) return null;
    const connector = await this.settings.find(tenant.id, TWENTY);
    const secret = connector?.secrets['webhook_secret'];
    return secret === undefined ? null : { tenantId: tenant.id, secret, now: tenant.now };
  }
}

function refused(): RefusalError {
  return new RefusalError(
    {
      code: 'twenty_message_refused',
      reason:
        'This is no message of the twenty that this tenant is connected with. Pause and resume the connector in MaK, so that its webhook is made again.',
    },
    401,
  );
}
