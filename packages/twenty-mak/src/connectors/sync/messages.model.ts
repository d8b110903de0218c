import { ArgsType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { MessageView } from './messages.dto.ts';
import type { MessageState } from './messages.repository.ts';
import { SyncRecordsArgs } from './sync-records.model.ts';

export const SyncMessageStateEnum = {
  waiting: 'waiting',
  read: 'read',
  not_read: 'not_read',
} as const satisfies Record<MessageState, MessageState>;
registerEnumType(SyncMessageStateEnum, {
  name: 'SyncMessageState',
  description: '`not_read`: there is something in it that the connector does not read.',
});

@ObjectType('SyncToldRecord')
export class SyncToldRecordModel {
  @Field(() => String) entity: string;
  @Field(() => String) remoteId: string;
}

@ObjectType('SyncMessage', { description: 'What the other system told by a webhook.' })
export class SyncMessageModel {
  @Field(() => ID) id: string;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the system calls it; null where it has no name',
  })
  event: string | null;
  @Field(() => SyncMessageStateEnum) state: MessageState;
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

@ArgsType()
export class SyncMessagesArgs extends SyncRecordsArgs {
  @Field(() => SyncMessageStateEnum, { nullable: true }) state?: MessageState;
}

export function messageModel({ read_at: readAt, told, ...rest }: MessageView): SyncMessageModel {
  return {
    ...rest,
    readAt,
    told: told.map(({ entity, remote_id: remoteId }) => ({ entity, remoteId })),
  };
}
