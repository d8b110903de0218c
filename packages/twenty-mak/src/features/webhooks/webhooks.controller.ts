import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  createWebhookSchema,
  editWebhookSchema,
  versionSchema,
  webhookListSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from './webhooks.dto.ts';
import type { WebhookView, WebhookWithSecret } from './webhooks.dto.ts';
import { WebhooksService } from './webhooks.service.ts';

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

@ApiTags('webhooks')
@RequireScope('webhooks:manage')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(@Inject(WebhooksService) private readonly webhooks: WebhooksService) {}

  @ApiOperation({ summary: 'Subscribe an address to canonical events; the secret is shown once' })
  @ApiBody({ schema: openApiSchema(createWebhookSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(webhookWithSecretSchema, 'output') })
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.create(principal, parse(createWebhookSchema, body));
  }

  @ApiOperation({ summary: 'All webhooks, oldest first' })
  @ApiOkResponse({ schema: openApiSchema(webhookListSchema, 'output') })
  @Get()
  async list(@CurrentPrincipal() principal: Principal): Promise<Page<WebhookView>> {
    return { items: await this.webhooks.list(principal), next: null };
  }

  @ApiOperation({ summary: 'One webhook' })
  @ApiParam(ID)
  @ApiOkResponse({ schema: openApiSchema(webhookSchema, 'output') })
  @Get(':id')
  read(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<WebhookView> {
    return this.webhooks.read(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Change address, types or description' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(editWebhookSchema) })
  @ApiOkResponse({ schema: openApiSchema(webhookSchema, 'output') })
  @Patch(':id')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<WebhookView> {
    return this.webhooks.edit(principal, parse(uuidField, id), parse(editWebhookSchema, body));
  }

  @ApiOperation({ summary: 'Send nothing for now; events are collected' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(versionSchema) })
  @ApiOkResponse({ schema: openApiSchema(webhookSchema, 'output') })
  @HttpCode(200)
  @Post(':id/pause')
  pause(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<WebhookView> {
    const { version } = parse(versionSchema, body);
    return this.webhooks.setStatus(principal, parse(uuidField, id), version, 'paused');
  }

  @ApiOperation({ summary: 'Send again, beginning with what was collected' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(versionSchema) })
  @ApiOkResponse({ schema: openApiSchema(webhookSchema, 'output') })
  @HttpCode(200)
  @Post(':id/resume')
  resume(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<WebhookView> {
    const { version } = parse(versionSchema, body);
    return this.webhooks.setStatus(principal, parse(uuidField, id), version, 'active');
  }

  @ApiOperation({ summary: 'A new secret, shown once; the old one signs as well for a day' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(versionSchema) })
  @ApiOkResponse({ schema: openApiSchema(webhookWithSecretSchema, 'output') })
  @HttpCode(200)
  @Post(':id/rotate-secret')
  rotate(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<WebhookWithSecret> {
    const { version } = parse(versionSchema, body);
    return this.webhooks.rotate(principal, parse(uuidField, id), version);
  }

  @ApiOperation({ summary: 'Delete a webhook with all that waits for it' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @HttpCode(204)
  @Delete(':id')
  remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.webhooks.remove(principal, parse(uuidField, id));
  }
}
