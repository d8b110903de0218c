import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { SyncRecordsArgs } from './sync-records.model.ts';
import { listMessagesSchema } from './messages.dto.ts';
import { messageModel, SyncMessageModel, SyncMessagePageModel } from './messages.model.ts';
import { SyncMessages } from './messages.ts';

@RequireScope('tenant:manage')
@Resolver(() => SyncMessageModel)
export class MessagesResolver {
  constructor(@Inject(SyncMessages) private readonly messages: SyncMessages) {}

  @Query(() => SyncMessagePageModel, {
    description: 'What the other system told by webhooks, newest first',
  })
  async connectorMessages(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args({ type: () => SyncRecordsArgs }) { limit, cursor }: SyncRecordsArgs,
  ): Promise<SyncMessagePageModel> {
    const query = withoutNulls({ limit, cursor });
    const page = await this.messages.list(principal, key, parse(listMessagesSchema, query));
    return { items: page.items.map(messageModel), next: page.next };
  }
}
