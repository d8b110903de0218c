import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** For whom an address of webhooks is made. */
export interface DoorPlace {
  readonly tenantId: string;
  /** Origin of the account, as the connector has it. */
  readonly address: string;
}

/** Who sends, and as whom MaK writes there. */
export interface Door {
  readonly accountId: string;
  readonly userId: string;
}

const SHAPE = /^(\d{1,16})\.(\d{1,16})\.([\w-]{43})$/;

/**
 * The last part of the address that amoCRM sends to. amoCRM signs nothing, so nobody may guess the address; it says for which
 * account and user it was made, and is good for no other account, tenant or origin.
 */
export function doorFor(secretKey: string, place: DoorPlace, door: Door): string {
  const { accountId, userId } = door;
  return `${accountId}.${userId}.${macOf(secretKey, place, door).toString('base64url')}`;
}

/** Null for one that we have not made for this place, to the letter. */
export function openDoor(secretKey: string, place: DoorPlace, text: string): Door | null {
  const [, accountId, userId] = SHAPE.exec(text) ?? [];
  if (accountId === undefined || userId === undefined) return null;
  const door = { accountId, userId };
  // As texts: of the last letter base64 says less than it could, so several texts would be one MAC.
  const [given, expected] = [Buffer.from(text), Buffer.from(doorFor(secretKey, place, door))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? door : null;
}

function macOf(secretKey: string, { tenantId, address }: DoorPlace, door: Door): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, tenantId, 'mak amocrm webhook', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([address, door.accountId, door.userId]))
    .digest();
}
