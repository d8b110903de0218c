import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Batcher, Database } from '../../platform/database/index.ts';
import { isOutage, RefusalError } from '../../platform/errors/index.ts';
import { keyField } from '../../platform/validation/index.ts';
import { ConnectorSettings, SyncMessages } from '../sync/index.ts';
import { AMOCRM } from './amocrm.connector.ts';
import { openDoor } from './webhook-door.ts';
import type { DoorPlace } from './webhook-door.ts';
import { digestOf } from './webhook-message.ts';
import { toldBy } from './webhook-told.ts';

/** A message as it came. */
interface Message {
  readonly door: string;
  readonly body: Buffer;
}

/** Messages that are stored by one commit. */
const TOGETHER = 200;
/** Of a tenant that is not there they are checked all the same, so that the time of the answer tells nothing. */
const NOWHERE: DoorPlace = { tenantId: '', address: '' };

const settingsSchema = z.object({ address: z.string(), leads: z.unknown().optional() });

/** Where messages go to. */
interface Receiver extends DoorPlace {
  readonly hasLeads: boolean;
}

/** Takes messages in; what they name is looked at later. */
@Injectable()
export class AmocrmWebhookService {
  private readonly batcher: Batcher<Message, boolean>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(SyncMessages) private readonly messages: SyncMessages,
  ) {
    this.batcher = new Batcher({
      write: (tenantKey, messages) => this.store(tenantKey, messages),
      limit: TOGETHER,
      isOutage,
    });
  }

  /**
   * Keeps a message until it is read. Throws 401 `amocrm_message_refused`, the same for a tenant that does not exist, one without
   * amoCRM, an address that MaK has not made, and a message of another account.
   */
  async take(tenantKey: string, door: string, body: Buffer): Promise<void> {
    const [isKept] = await this.batcher.submit(tenantKey, [{ door, body }]);
    if (isKept !== true) throw refused();
  }

  private async store(tenantKey: string, messages: readonly Message[]): Promise<boolean[]> {
    const place = await this.placeOf(tenantKey);
    const read = messages.map(({ door, body }) => {
      const opened = openDoor(this.config.MAK_SECRET_KEY, place ?? NOWHERE, door);
      if (opened === null) return null;
      return toldBy(body.toString(), digestOf(body), opened, place?.hasLeads === true);
    });
    if (place === null) return read.map(() => false);
    await this.messages.keep(
      { tenantId: place.tenantId, connector: AMOCRM },
      read.filter((message) => message !== null),
    );
    return read.map((message) => message !== null);
  }

  private async placeOf(tenantKey: string): Promise<Receiver | null> {
    if (!keyField.safeParse(tenantKey).success) return null;
    const [tenant] = await this.database.within({ tenantKey }, (tx) =>
      tx.query<{ id: string }>('SELECT id FROM tenant WHERE key = $1', [tenantKey]),
    );
    if (tenant === undefined) return null;
    const connector = await this.settings.find(tenant.id, AMOCRM);
    const { data } = settingsSchema.safeParse(connector?.settings);
    if (data === undefined) return null;
    return { tenantId: tenant.id, address: data.address, hasLeads: data.leads != null };
  }
}

function refused(): RefusalError {
  return new RefusalError(
    {
      code: 'amocrm_message_refused',
      reason:
        'This is no address that MaK has given to the account that this tenant is connected with. MaK subscribes anew by itself.',
    },
    401,
  );
}
