import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema } from '../../platform/validation/index.ts';
import type { RemoteOption } from './connector.ts';
import { askOptionsSchema, optionListSchema } from './options.dto.ts';
import { OptionsService } from './options.service.ts';

@ApiTags('connectors')
@RequireScope('tenant:manage')
@Controller('v1/connectors/:key/options')
export class OptionsController {
  constructor(@Inject(OptionsService) private readonly options: OptionsService) {}

  @ApiOperation({
    summary: 'What settings may name there, asked with what is stored or not saved yet',
  })
  @ApiParam({ name: 'key', schema: { type: 'string' }, description: 'Key of the connector' })
  @ApiBody({ schema: openApiSchema(askOptionsSchema) })
  @ApiOkResponse({ schema: openApiSchema(optionListSchema, 'output') })
  @HttpCode(200)
  @Post()
  async ask(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<{ items: readonly RemoteOption[]; next: null }> {
    return { items: await this.options.ask(principal, key, body), next: null };
  }
}
