import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { saveLeadSettingsBody } from './lead-settings.dto.ts';
import { LeadSettingsInput, LeadSettingsModel, leadSettingsModel } from './lead-settings.model.ts';
import { LeadSettingsService } from './lead-settings.service.ts';

@Resolver(() => LeadSettingsModel)
export class LeadSettingsResolver {
  constructor(@Inject(LeadSettingsService) private readonly service: LeadSettingsService) {}

  @RequireScope('leads:read')
  @Query(() => LeadSettingsModel)
  async leadSettings(@CurrentPrincipal() principal: Principal): Promise<LeadSettingsModel> {
    return leadSettingsModel(await this.service.read(principal));
  }

  @RequireScope('leads:manage')
  @Mutation(() => LeadSettingsModel, { description: 'What is left out stays.' })
  async saveLeadSettings(
    @CurrentPrincipal() principal: Principal,
    @Args('input') { statuses, ...input }: LeadSettingsInput,
  ): Promise<LeadSettingsModel> {
    const own = statuses?.map(({ entryFor, reasonNeeded, ...status }) =>
      withoutNulls({ ...status, entry_for: entryFor, reason_needed: reasonNeeded }),
    );
    const body = parse(saveLeadSettingsBody, withoutNulls({ ...input, statuses: own }));
    return leadSettingsModel(await this.service.save(principal, body));
  }
}
