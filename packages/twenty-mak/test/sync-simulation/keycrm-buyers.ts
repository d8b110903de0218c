import type { Json, Values } from 'twenty-mak-domain';
import { buyerSchema } from '../../src/connectors/keycrm/answers.ts';
import { BuyerRecords } from '../../src/connectors/keycrm/buyer-records.ts';
import {
  storedBuyerValues,
  valuesOfBuyer,
  versionOfBuyer,
} from '../../src/connectors/keycrm/buyer-values.ts';
import type { RemoteRecord } from '../../src/connectors/sync/ports.ts';
import { KeyCrmSide, sourceOf } from './keycrm-side.ts';
import type { Opened, Records } from './keycrm-side.ts';
import { TOO_LONG } from './sides.ts';
import { trimmed } from './world.ts';
import type { Profile } from './world.ts';

/** Whoever buys is known again by the address, which nobody changes: KeyCRM has no place for MaK's id. */
const EDITED = ['name', 'phone'];

const CONTACTS: Omit<Profile, 'key' | 'entity'> = {
  people: { mak: EDITED, remote: EDITED },
  fresh: (edit) => ({ email: `e${edit}@example.test`, phone: phoneOf(edit) }),
  typed: (field, edit, random) => {
    if (field === 'name' && random.chance(0.2)) return `n${edit} ${TOO_LONG}`;
    return field === 'phone' ? phoneOf(edit) : undefined;
  },
  statuses: () => [],
  isForeign: () => false,
  statusOf: () => null,
  stageAfter: () => null,
};
const MATRIX: Profile['entity']['matrix'] = [
  { field: 'name', direction: 'both', priority: 'newest', critical: false },
  { field: 'email', direction: 'both', priority: 'remote', critical: false },
  { field: 'phone', direction: 'both', priority: 'remote', critical: false },
];

/** People in a system that does what the engine may hope of one. */
export const ADDRESS_BOOK: Profile = {
  ...CONTACTS,
  key: 'remote',
  entity: { name: 'contact', batch: 4, createsInMak: true, asStored: trimmed, matrix: MATRIX },
};

/** Who buys. */
export class KeyCrmBuyersSide extends KeyCrmSide {
  readonly profile: Profile = {
    ...CONTACTS,
    key: 'keycrm',
    isUnmarked: true,
    entity: {
      name: 'contact',
      batch: 3,
      createsInMak: true,
      whenNamed: true,
      asStored: storedBuyerValues,
      matrix: MATRIX,
    },
  };

  protected open({ api, story: { links, valuesOf } }: Opened): Records {
    const localIds = async (_entity: string, ids: readonly string[]) =>
      new Map(
        (await links()).flatMap(({ localId, remoteId }) =>
          ids.includes(remoteId) ? [[remoteId, localId] as const] : [],
        ),
      );
    return new BuyerRecords(api, { tenantId: 'x', localIds }, sourceOf(valuesOf), (_values, run) =>
      run(),
    );
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const { buyers } = this.simulator.account;
    return new Map(
      buyers.rows.all.map((row): [string, RemoteRecord] => {
        const buyer = buyerSchema.parse(buyers.show(row));
        const [values, version] = [valuesOfBuyer(buyer, null), versionOfBuyer(buyer, null)];
        return [buyer.id, { remoteId: buyer.id, localId: null, values, version }];
      }),
    );
  }

  protected editByHand(remoteId: string, values: Values): void {
    const { buyers } = this.simulator.account;
    const { full_name, phone } = buyers.rows.get(remoteId);
    const { name, phone: number } = values;
    buyers.edit(remoteId, {
      full_name: name === undefined ? full_name : name,
      phone: number === undefined ? phone : [number, ...phone.slice(1)],
    });
  }

  protected makeByHand({ name, email, phone }: Values): string {
    const { buyers } = this.simulator.account;
    buyers.create({ full_name: name, email: [email], phone: [phone] });
    return String(buyers.rows.all.at(-1)?.id);
  }

  protected releaseByHand(): void {
    throw new Error('A buyer carries no id of MaK.');
  }
}

function phoneOf(edit: number): Json {
  return `+38050${String(edit).padStart(7, '0')}`;
}
