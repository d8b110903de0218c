import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { DELIVERY_STATUSES } from './dead-letters.repository.ts';
import { DeliveriesService } from './deliveries.service.ts';
import {
  deliveryPageSchema,
  deliverySchema,
  deliveryWithPayloadSchema,
  listDeliveriesSchema,
  replayResultSchema,
} from './webhooks.dto.ts';
import type { DeliveryView, DeliveryWithPayload, ReplayResult } from './webhooks.dto.ts';

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

@ApiTags('webhooks')
@RequireScope('webhooks:manage')
@Controller('v1')
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @ApiOperation({
    summary: 'Deliveries to a webhook, newest first; `status=dead` are dead letters',
  })
  @ApiParam(ID)
  @ApiQuery({ name: 'status', required: false, enum: DELIVERY_STATUSES })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(deliveryPageSchema, 'output') })
  @Get('webhooks/:id/deliveries')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<DeliveryView>> {
    const webhookId = parse(uuidField, id);
    return this.deliveries.list(principal, webhookId, parse(listDeliveriesSchema, query));
  }

  @ApiOperation({ summary: 'Send a test message' })
  @ApiParam(ID)
  @ApiAcceptedResponse({ schema: openApiSchema(deliverySchema, 'output') })
  @HttpCode(202)
  @Post('webhooks/:id/test')
  test(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<DeliveryView> {
    return this.deliveries.sendTest(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Send all dead letters of a webhook again' })
  @ApiParam(ID)
  @ApiOkResponse({ schema: openApiSchema(replayResultSchema, 'output') })
  @HttpCode(200)
  @Post('webhooks/:id/replay')
  async replayAll(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ReplayResult> {
    return { replayed: await this.deliveries.replayAll(principal, parse(uuidField, id)) };
  }

  @ApiOperation({ summary: 'One delivery with the body that is sent' })
  @ApiParam(ID)
  @ApiOkResponse({ schema: openApiSchema(deliveryWithPayloadSchema, 'output') })
  @Get('webhook-deliveries/:id')
  read(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<DeliveryWithPayload> {
    return this.deliveries.read(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Send a dead letter again, marked as replayed' })
  @ApiParam(ID)
  @ApiOkResponse({ schema: openApiSchema(deliverySchema, 'output') })
  @HttpCode(200)
  @Post('webhook-deliveries/:id/replay')
  replay(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<DeliveryView> {
    return this.deliveries.replay(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Drop a dead letter for good' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @HttpCode(204)
  @Delete('webhook-deliveries/:id')
  drop(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.deliveries.drop(principal, parse(uuidField, id));
  }
}
