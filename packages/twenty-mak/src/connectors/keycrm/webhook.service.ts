import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import { Batcher, Database } from '../../platform/database/index.ts';
import { isOutage, RefusalError } from '../../platform/errors/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { keyField } from '../../platform/validation/index.ts';
import { ConnectorSettings, SyncInbox, SyncMetrics } from '../sync/index.ts';
import { KEYCRM } from './keycrm.connector.ts';
import { isSecret, keyOf, readMessage } from './message.ts';
import type { ReadMessage } from './message.ts';
import { storeMessages } from './messages.repository.ts';
import type { KeptMessage } from './messages.repository.ts';
import { settingsSchema } from './settings.ts';

/** A message as it came. */
interface Message {
  /** What the address says that it tells of. */
  readonly event: string;
  readonly secret: string;
  readonly body: string;
}

interface Door {
  readonly tenantId: string;
  readonly secret: string;
  /** Whether records are looked at as soon as a message tells of them. */
  readonly isLive: boolean;
}

/** Messages that are stored by one commit. */
const TOGETHER = 200;

/** Kinds of records, and what messages call them. */
const TOLD_OF = [
  ['deal', 'card'],
  ['order', 'order'],
] as const;

/** Takes messages in. KeyCRM signs nothing: the address that only it was told is all that speaks for a message. */
@Injectable()
export class KeyCrmWebhookService {
  private readonly batcher: Batcher<Message, boolean>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(SyncInbox) private readonly inbox: SyncInbox,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
  ) {
    this.batcher = new Batcher({
      write: (tenantKey, messages) => this.store(tenantKey, messages),
      limit: TOGETHER,
      isOutage,
    });
  }

  /**
   * Keeps a message once, however often it comes, and makes the record wait that it tells of. Throws 401
   * `keycrm_message_refused`, the same for a tenant that does not exist, one without KeyCRM, and a wrong secret.
   */
  async take(tenantKey: string, message: Message): Promise<void> {
    const [isTaken] = await this.batcher.submit(tenantKey, [message]);
    if (isTaken !== true) throw refused();
  }

  /** Which of the messages are true ones; these are kept. */
  private async store(tenantKey: string, messages: readonly Message[]): Promise<boolean[]> {
    const door = await this.doorOf(tenantKey);
    // Without a door they are compared all the same, so that the time of the answer tells nothing.
    const areTrue = messages.map(({ secret }) => isSecret(secret, door?.secret ?? 'none'));
    if (door === null) return areTrue.map(() => false);
    const read = messages
      .filter((_message, index) => areTrue[index] === true)
      .map((message) => ({ message, read: readMessage(message.body) }));
    if (read.length === 0) return areTrue;
    const { tenantId, isLive } = door;
    await this.database.together({ tenantId }, async (tx) => {
      storeMessages(
        tx,
        tenantId,
        read.map(({ message, read: said }) => keptOf(message, said)),
      );
      if (!isLive) return;
      const told = read.flatMap(({ read: said }) =>
        said.ok && said.told.kind !== 'stocks' ? [said.told] : [],
      );
      // In the order of the kinds, as what waits is locked.
      for (const [entity, kind] of TOLD_OF) {
        const ids = new Set(told.flatMap((one) => (one.kind === kind ? [one.id] : [])));
        const heard = [...ids].map((remoteId) => ({ remoteId, localId: null, fields: [] }));
        await this.inbox.heard(tenantId, KEYCRM, entity, heard, 'person');
      }
    });
    const understood = read.filter(({ read: said }) => said.ok).length;
    this.metrics.read(KEYCRM, understood, read.length - understood);
    return areTrue;
  }

  private async doorOf(tenantKey: string): Promise<Door | null> {
    if (!keyField.safeParse(tenantKey).success) return null;
    const tenant = await this.database.within({ tenantKey }, async (tx) => {
      const [row] = await tx.query<{ id: string }>('SELECT id FROM tenant WHERE key = $1', [
        tenantKey,
      ]);
      return row;
    });
    if (tenant === undefined) return null;
    const connector = await this.settings.find(tenant.id, KEYCRM);
    const secret = connector?.secrets['webhook_secret'];
    if (secret === undefined) return null;
    const isLive = settingsSchema.safeParse(connector?.settings).data?.real_time !== false;
    return { tenantId: tenant.id, secret, isLive };
  }
}

/** Without the texts of the message, in which people may be named. */
function keptOf({ event, body }: Message, read: ReadMessage): KeptMessage {
  const id = newId();
  if (!read.ok) {
    const key = createHash('sha256').update(`${event} ${body}`).digest('hex');
    return { id, key, event_type: event, payload: null, error_message: read.why };
  }
  const { told } = read;
  const type = told.kind === 'stocks' ? 'stocks' : told.trigger;
  const payload: Json = JSON.parse(JSON.stringify(told)) as Json;
  return { id, key: keyOf(told), event_type: type, payload, error_message: null };
}

function refused(): RefusalError {
  return new RefusalError(
    {
      code: 'keycrm_message_refused',
      reason:
        'This is not the address of this tenant. Copy it anew into the trigger in KeyCRM, with the secret of the connector.',
    },
    401,
  );
}
