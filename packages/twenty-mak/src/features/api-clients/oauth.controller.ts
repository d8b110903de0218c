import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/auth/index.ts';
import { openApiSchema } from '../../platform/validation/index.ts';
import { oauthErrorSchema, tokenRequestSchema, tokenSchema } from './oauth.dto.ts';
import type { OauthError, Token } from './oauth.dto.ts';
import { OauthService } from './oauth.service.ts';

@ApiTags('api-clients')
@Controller('oauth')
export class OauthController {
  constructor(@Inject(OauthService) private readonly oauth: OauthService) {}

  @ApiOperation({ summary: 'OAuth 2.0: an access token for client credentials (RFC 6749, 4.4)' })
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiBody({ schema: openApiSchema(tokenRequestSchema) })
  @ApiOkResponse({ schema: openApiSchema(tokenSchema, 'output') })
  @ApiResponse({ status: '4XX', schema: openApiSchema(oauthErrorSchema, 'output') })
  @Public()
  @HttpCode(200)
  @Post('token')
  async token(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Token | OauthError> {
    void reply.header('cache-control', 'no-store');
    const decision = await this.oauth.token(authorization, body);
    if (decision.ok) return decision.value;
    const { code, reason } = decision.refusal;
    if (code === 'invalid_client') {
      void reply.status(401).header('www-authenticate', 'Basic realm="mak"');
    } else {
      void reply.status(400);
    }
    return { error: code, error_description: reason };
  }
}
