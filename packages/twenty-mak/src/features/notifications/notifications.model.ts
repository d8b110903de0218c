import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { NotificationView } from './notifications.dto.ts';

@ObjectType('Notification', { description: 'Something that one account should know.' })
export class NotificationModel {
  @Field(() => ID) id: string;
  @Field(() => String, {
    description:
      '`sla.breached`, `task.assigned`, `webhook.disabled`, `sync.stopped` and others; new ones may come',
  })
  kind: string;
  @Field(() => ID, { nullable: true }) dealId: string | null;
  @Field(() => JsonScalar, { description: 'Ids and keys to make a text of' })
  data: NotificationView['data'];
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) readAt: string | null;
}

@ObjectType('NotificationPage')
export class NotificationPageModel {
  @Field(() => [NotificationModel]) items: NotificationModel[];
  @Field(() => Int, { description: 'How many are unread; 100 means so many or more' })
  unread: number;
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

export function notificationModel(view: NotificationView): NotificationModel {
  return {
    id: view.id,
    kind: view.kind,
    dealId: view.deal_id,
    data: view.data,
    createdAt: view.created_at,
    readAt: view.read_at,
  };
}
