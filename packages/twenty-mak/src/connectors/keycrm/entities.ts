import { NEWEST, OUT, REMOTE_WINS } from '../sync/index.ts';
import type { ConnectorEntity } from '../sync/index.ts';
import { storedBuyerValues } from './buyer-values.ts';
import { storedCardValues } from './card-values.ts';
import { storedOfferValues } from './offer-values.ts';
import { storedOrderValues } from './order-values.ts';
import { BATCH } from './settings.ts';

/**
 * A contact takes up to six calls, an order as many beside those of who buys, and there is about one call a second: a batch
 * has to end long before its lease does.
 */
const CONTACTS = 8;
const ORDERS = 3;
/** A card takes up to nine calls when it and its contact are new. */
const CARDS = 4;

const ORDER_FIELDS = [
  ...['currency', 'ordered_at', 'buyer', 'status', 'lines', 'discount', 'shipping_price'],
  ...['payments', 'comment', 'tracking_code'],
];

/** What goes over, in the order in which records name each other. */
export const KEYCRM_ENTITIES: readonly ConnectorEntity[] = [
  {
    name: 'contact',
    abilities: [
      { field: 'name', ...NEWEST },
      // Contact data: the CRM wins.
      { field: 'email', ...REMOTE_WINS },
      { field: 'phone', ...REMOTE_WINS },
      { field: 'segments', ...OUT },
    ],
    batch: CONTACTS,
    createsInMak: true,
    whenNamed: true,
    staysDeleted: true,
    personal: ['name', 'email', 'phone'],
    fillsOnly: ['segments'],
    asStored: storedBuyerValues,
  },
  {
    name: 'article',
    abilities: [
      { field: 'price', ...OUT },
      { field: 'purchase_price', ...OUT },
      { field: 'stocks', ...OUT },
    ],
    batch: BATCH,
    createsInMak: false,
    unasked: true,
    asStored: storedOfferValues,
  },
  {
    name: 'order',
    abilities: ORDER_FIELDS.map((field) => ({ field, ...NEWEST })),
    batch: ORDERS,
    createsInMak: true,
    staysDeleted: true,
    personal: ['comment'],
    references: { buyer: 'contact' },
    asStored: storedOrderValues,
  },
  {
    name: 'deal',
    abilities: [
      { field: 'id', ...OUT },
      ...['name', 'owner', 'contact'].map((field) => ({ field, ...NEWEST })),
      { field: 'status', ...OUT },
    ],
    batch: CARDS,
    createsInMak: true,
    staysDeleted: true,
    moved: 'status',
    references: { contact: 'contact' },
    after: ['contact'],
    asStored: storedCardValues,
  },
];
