import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { listAuditSchema } from './audit.dto.ts';
import { AuditArgs, auditEntryModel, AuditPageModel } from './audit.model.ts';
import { AuditService } from './audit.service.ts';

@Resolver()
export class AuditResolver {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @RequireScope('audit:read')
  @Query(() => AuditPageModel, {
    description: 'Changes and reads of personal data, newest first',
  })
  async auditEntries(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => AuditArgs }) { entityId, actorId, ...args }: AuditArgs,
  ): Promise<AuditPageModel> {
    const query = { ...args, entity_id: entityId, actor_id: actorId };
    const page = await this.audit.list(principal, parse(listAuditSchema, query));
    return { items: page.items.map(auditEntryModel), next: page.next };
  }
}
