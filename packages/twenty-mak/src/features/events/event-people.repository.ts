import type { EventKey } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** A key that seals contacts of an event. */
export interface EventPerson extends Pick<EventKey, 'source' | 'eventId'> {
  readonly keyId: string;
}

/** Remembers whose contacts events have, in the transaction that stores the events. */
export function insertPeople(
  tx: Transaction,
  tenantId: string,
  people: readonly EventPerson[],
): void {
  if (people.length === 0) return;
  tx.send(
    `INSERT INTO event_person (tenant_id, key_id, source, event_id)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[])`,
    [
      tenantId,
      plainArray(people.map(({ keyId }) => keyId)),
      textArray(people.map(({ source }) => source)),
      textArray(people.map(({ eventId }) => eventId)),
    ],
    'event_person.insert',
  );
}
