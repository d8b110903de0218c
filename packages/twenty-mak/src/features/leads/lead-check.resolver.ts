import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { checkLeadBody } from './leads.dto.ts';
import { LeadCheckInput, LeadNotice } from './leads.model.ts';
import { noticeModel } from './leads.view-model.ts';

@Resolver(() => LeadNotice)
export class LeadCheckResolver {
  constructor(@Inject(LeadEntryService) private readonly entries: LeadEntryService) {}

  @RequireScope('leads:write')
  @Query(() => LeadNotice, {
    description: 'Whether there is such a lead already, without entering anything.',
  })
  async checkLeadDuplicate(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: LeadCheckInput,
  ): Promise<LeadNotice> {
    return noticeModel(
      await this.entries.check(principal, parse(checkLeadBody, withoutNulls(input))),
    );
  }
}
