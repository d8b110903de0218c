import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { listMessagesSchema } from './messages.dto.ts';
import {
  messageModel,
  SyncMessageModel,
  SyncMessagePageModel,
  SyncMessagesArgs,
} from './messages.model.ts';
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
    @Args({ type: () => SyncMessagesArgs }) { state, limit, cursor }: SyncMessagesArgs,
  ): Promise<SyncMessagePageModel> {
    const query = withoutNulls({ state, limit, cursor });
    const page = await this.messages.list(principal, key, parse(listMessagesSchema, query));
    return { items: page.items.map(messageModel), next: page.next };
  }
}
