import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema } from '../../platform/validation/index.ts';
import { connectorSchema } from '../sync/index.ts';
import type { ConnectorView } from '../sync/index.ts';
import {
  beginConsentSchema,
  completeConsentSchema,
  consentBegunSchema,
  consentPlaceSchema,
} from './consent.dto.ts';
import type { ConsentBegun, ConsentPlace } from './consent.dto.ts';
import { ConsentService } from './consent.service.ts';

@ApiTags('amocrm')
@RequireScope('tenant:manage')
@Controller('v1/amocrm/consent')
export class ConsentController {
  constructor(@Inject(ConsentService) private readonly consents: ConsentService) {}

  @ApiOperation({ summary: 'What an integration in amoCRM has to name, so that MaK can be let in' })
  @ApiOkResponse({ schema: openApiSchema(consentPlaceSchema, 'output') })
  @Get()
  place(): ConsentPlace {
    return this.consents.place();
  }

  @ApiOperation({
    summary: 'Ask for access to an account',
    description:
      'The admin goes to `url` and agrees there. amoCRM then leads back to the page of the connector.',
  })
  @ApiBody({ schema: openApiSchema(beginConsentSchema) })
  @ApiOkResponse({ schema: openApiSchema(consentBegunSchema, 'output') })
  @NotIdempotent()
  @HttpCode(200)
  @Post()
  begin(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ConsentBegun> {
    return this.consents.begin(principal, body);
  }

  @ApiOperation({
    summary: 'Connect with what amoCRM led back with',
    description: 'By the person who has asked, within half an hour, once.',
  })
  @ApiBody({ schema: openApiSchema(completeConsentSchema) })
  @ApiOkResponse({ schema: openApiSchema(connectorSchema, 'output') })
  @NotIdempotent()
  @HttpCode(200)
  @Post('complete')
  complete(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<ConnectorView> {
    return this.consents.complete(principal, body);
  }
}
