import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { DecisionsService } from './decisions.service.ts';
import {
  decidedSchema,
  decideRegistrationSchema,
  formQuery,
  formSchema,
  listRegistrationsSchema,
  receivedSchema,
  registerSchema,
  registrationPageSchema,
} from './registrations.dto.ts';
import type { Decided, Received, RegistrationForm, RegistrationView } from './registrations.dto.ts';
import { RegistrationsService } from './registrations.service.ts';

@ApiTags('registrations')
@Controller('v1/registrations')
export class RegistrationsController {
  constructor(
    @Inject(RegistrationsService) private readonly registrations: RegistrationsService,
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
  ) {}

  @ApiOperation({ summary: 'What the page of registration of a tenant begins with' })
  @queryParameters(formQuery)
  @ApiOkResponse({ schema: openApiSchema(formSchema, 'output') })
  @Public()
  @Get('form')
  form(@Req() request: FastifyRequest, @Query() query: unknown): Promise<RegistrationForm> {
    return this.registrations.form(request, parse(formQuery, query).tenant);
  }

  @ApiOperation({
    summary: 'Apply to be a partner or a franchisee; a letter tells what came of it',
  })
  @ApiBody({ schema: openApiSchema(registerSchema) })
  @ApiAcceptedResponse({ schema: openApiSchema(receivedSchema, 'output') })
  @Public()
  @HttpCode(202)
  @Post()
  register(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Received> {
    return this.registrations.apply(request, parse(registerSchema, body));
  }

  @ApiOperation({ summary: 'Who has applied, newest first' })
  @queryParameters(listRegistrationsSchema)
  @ApiOkResponse({ schema: openApiSchema(registrationPageSchema, 'output') })
  @RequireScope('accounts:manage')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<RegistrationView>> {
    return this.decisions.list(principal, parse(listRegistrationsSchema, query));
  }

  @ApiOperation({ summary: 'Approve an application, or reject it with a reason' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(decideRegistrationSchema) })
  @ApiOkResponse({ schema: openApiSchema(decidedSchema, 'output') })
  @RequireScope('accounts:manage')
  @HttpCode(200)
  @Post(':id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Decided> {
    const input = parse(decideRegistrationSchema, body);
    return this.decisions.decide(principal, parse(uuidField, id), input);
  }
}
