import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, GuessLimits, Public, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import {
  embedCodeSchema,
  exchangeCodeSchema,
  sessionListSchema,
  startedSessionSchema,
} from './embedding.dto.ts';
import type { EmbedCodeView, SessionList, StartedSession } from './embedding.dto.ts';
import { EmbeddingService } from './embedding.service.ts';

@ApiTags('embedding')
@Controller('v1/embed')
export class EmbeddingController {
  constructor(
    @Inject(EmbeddingService) private readonly embedding: EmbeddingService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({ summary: 'A one-time code for an embedded page; valid for 30 seconds' })
  @ApiCreatedResponse({ schema: openApiSchema(embedCodeSchema, 'output') })
  @SignedIn()
  @Post('codes')
  issue(@CurrentPrincipal() principal: Principal): Promise<EmbedCodeView> {
    return this.embedding.issueCode(principal);
  }

  @ApiOperation({ summary: 'Exchange a one-time code for a session with a bearer token' })
  @ApiBody({ schema: openApiSchema(exchangeCodeSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(startedSessionSchema, 'output') })
  @Public()
  @Post('sessions')
  async exchange(@Req() request: FastifyRequest, @Body() body: unknown): Promise<StartedSession> {
    await this.limits.limitExchange(request);
    return this.embedding.exchange(parse(exchangeCodeSchema, body).code);
  }

  @ApiOperation({ summary: 'Embedded sessions of the caller, newest first' })
  @ApiOkResponse({ schema: openApiSchema(sessionListSchema, 'output') })
  @SignedIn()
  @Get('sessions')
  list(@CurrentPrincipal() principal: Principal): Promise<SessionList> {
    return this.embedding.list(principal);
  }

  @ApiOperation({ summary: 'End an embedded session' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse()
  @SignedIn()
  @HttpCode(204)
  @Delete('sessions/:id')
  end(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.embedding.end(principal, parse(uuidField, id));
  }
}
