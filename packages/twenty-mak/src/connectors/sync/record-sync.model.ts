import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar } from '../../platform/graphql/scalars.ts';
import type { RecordSyncRow } from './record-sync.repository.ts';

/** Kinds of records of the catalogue. */
export enum CatalogueKind {
  article = 'article',
  order = 'order',
}
registerEnumType(CatalogueKind, { name: 'CatalogueKind' });

export enum RecordSyncState {
  synced = 'synced',
  pending = 'pending',
  error = 'error',
  apart = 'apart',
}
registerEnumType(RecordSyncState, {
  name: 'RecordSyncState',
  description: 'How a record is on both sides.',
  valuesMap: {
    pending: { description: 'It may differ, and waits to be looked at' },
    error: { description: 'It could not be made there, or a side refused a value' },
    apart: { description: 'It is not there, and nothing waits: it is not one of those chosen' },
  },
});

@ObjectType('RecordSync', { description: 'A record of MaK and its counterpart.' })
export class RecordSyncModel {
  @Field(() => ID) id: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Kind of the record that the state is of; null when MaK has none that could be there',
  })
  entity: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'That record; of a client the company or the contact that needs a look first',
  })
  recordId: string | null;
  @Field(() => String, { description: 'Key of the connector' }) connector: string;
  @Field(() => String, { description: 'Name of the other system' }) title: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the other system calls it; of a client, all its records with commas between',
  })
  remoteId: string | null;
  @Field(() => RecordSyncState) state: RecordSyncState;
  @Field(() => String, { nullable: true, description: 'Code of what a side refused' })
  error: string | null;
  @Field(() => InstantScalar, { nullable: true }) lastSyncedAt: number | null;
}

export function recordSyncModel({
  remote_id,
  record_id,
  last_synced_at,
  state,
  ...row
}: RecordSyncRow & { readonly title: string }): RecordSyncModel {
  return {
    ...row,
    state: RecordSyncState[state],
    recordId: record_id,
    remoteId: remote_id,
    lastSyncedAt: last_synced_at,
  };
}
