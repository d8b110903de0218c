import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { LeadIntakeService } from './lead-intake.service.ts';
import { createLeadBody, intakeAnswerSchema, intakeBody, MOST_SENT } from './leads.dto.ts';
import type { IntakeResult } from './leads.dto.ts';

/** What is described; what arrives is read lead by lead. */
const DESCRIBED = z.union([
  z.strictObject({ leads: z.array(createLeadBody).min(1).max(MOST_SENT) }),
  createLeadBody,
]);

@ApiTags('leads')
@Controller('v1/leads')
export class LeadIntakeController {
  constructor(@Inject(LeadIntakeService) private readonly intake: LeadIntakeService) {}

  @ApiOperation({
    summary:
      'Push one lead, or up to 500; the answer tells of each what became of it. Send an `external_ref` so that a repeat makes no second lead.',
  })
  @ApiBody({ schema: openApiSchema(DESCRIBED) })
  @ApiOkResponse({ schema: openApiSchema(intakeAnswerSchema, 'output') })
  @RequireScope('leads:write')
  @HttpCode(200)
  @Post('intake')
  async take(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<{ results: readonly IntakeResult[] }> {
    const { leads } = parse(intakeBody, body);
    return { results: await this.intake.take(principal, leads) };
  }
}
