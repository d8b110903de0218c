import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import {
  verificationAnswer,
  verificationSchema,
  whatIfAnswer,
  whatIfSchema,
} from './checks.dto.ts';
import type { VerificationAnswer, WhatIfAnswer } from './checks.dto.ts';
import { verifyBody, whatIfBody } from './pipelines.dto.ts';
import { PipelineVerifier } from './pipelines.verifier.ts';

/** Questions about a pipeline that change nothing. */
@ApiTags('pipelines')
@Controller('v1/pipelines/:key')
export class ChecksController {
  constructor(@Inject(PipelineVerifier) private readonly verifier: PipelineVerifier) {}

  @ApiOperation({ summary: 'Findings and truth table of the draft, the version or a definition' })
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ schema: openApiSchema(verifyBody) })
  @ApiOkResponse({ schema: openApiSchema(verificationSchema, 'output') })
  @RequireScope('pipelines:read')
  @HttpCode(200)
  @Post('verify')
  async verify(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<VerificationAnswer> {
    const { definition, truth_table: table } = parse(verifyBody, body ?? {});
    return verificationAnswer(
      await this.verifier.verify(principal.tenantId, key, definition, table),
    );
  }

  @ApiOperation({ summary: 'Stage and next moves for facts that are supposed' })
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ schema: openApiSchema(whatIfBody) })
  @ApiOkResponse({ schema: openApiSchema(whatIfSchema, 'output') })
  @RequireScope('pipelines:read')
  @HttpCode(200)
  @Post('what-if')
  async whatIf(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<WhatIfAnswer> {
    const { definition, gates = {}, domains = {} } = parse(whatIfBody, body ?? {});
    return whatIfAnswer(
      await this.verifier.whatIf(principal.tenantId, key, definition, { gates, domains }),
    );
  }
}
