import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { MessageView } from './messages.dto.ts';

@ObjectType('SyncToldRecord')
export class SyncToldRecordModel {
  @Field(() => String) entity: string;
  @Field(() => String) remoteId: string;
}

@ObjectType('SyncMessage', { description: 'What the other system told by a webhook.' })
export class SyncMessageModel {
  @Field(() => ID) id: string;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => String, { nullable: true, description: 'Null while nobody has read it' })
  readAt: string | null;
  @Field(() => [SyncToldRecordModel], { description: 'Records that were looked at because of it' })
  told: SyncToldRecordModel[];
  @Field(() => [String], { description: 'What it said that the connector does not read, and why' })
  untold: string[];
}

@ObjectType('SyncMessagePage')
export class SyncMessagePageModel {
  @Field(() => [SyncMessageModel]) items: SyncMessageModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

export function messageModel({ read_at: readAt, told, ...rest }: MessageView): SyncMessageModel {
  return {
    ...rest,
    readAt,
    told: told.map(({ entity, remote_id: remoteId }) => ({ entity, remoteId })),
  };
}
