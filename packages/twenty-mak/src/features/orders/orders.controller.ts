import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import {
  addPaymentBody,
  createOrderBody,
  editOrderBody,
  listOrdersQuery,
  moveOrderBody,
  movePaymentBody,
  orderAnswer,
  orderSchema,
} from './orders.dto.ts';
import type { OrderAnswer } from './orders.dto.ts';
import { OrdersService } from './orders.service.ts';

const ORDER = { schema: openApiSchema(orderSchema, 'output') };

@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @ApiOperation({ summary: 'What clients buy, the newest first, page by page' })
  @queryParameters(listOrdersQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(orderSchema), 'output') })
  @RequireScope('catalogue:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<OrderAnswer>> {
    const page = await this.orders.list(principal, parse(listOrdersQuery, query));
    return { items: page.items.map(orderAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'Make an order' })
  @ApiBody({ schema: openApiSchema(createOrderBody) })
  @ApiCreatedResponse(ORDER)
  @RequireScope('catalogue:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<OrderAnswer> {
    return orderAnswer(await this.orders.create(principal, parse(createOrderBody, body)));
  }

  @ApiOperation({ summary: 'An order with its lines and payments' })
  @ApiOkResponse(ORDER)
  @RequireScope('catalogue:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<OrderAnswer> {
    return orderAnswer(await this.orders.one(principal, parse(uuidField, id)));
  }

  @ApiOperation({ summary: 'Change fields of an order; lines are replaced as a whole' })
  @ApiBody({ schema: openApiSchema(editOrderBody) })
  @ApiOkResponse(ORDER)
  @RequireScope('catalogue:write')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<OrderAnswer> {
    const edit = parse(editOrderBody, body);
    return orderAnswer(await this.orders.edit(principal, parse(uuidField, id), edit));
  }

  @ApiOperation({ summary: 'Move an order to another status' })
  @ApiBody({ schema: openApiSchema(moveOrderBody) })
  @ApiOkResponse(ORDER)
  @RequireScope('catalogue:write')
  @HttpCode(200)
  @Post(':id/status')
  async move(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<OrderAnswer> {
    const move = parse(moveOrderBody, body);
    return orderAnswer(await this.orders.move(principal, parse(uuidField, id), move));
  }

  @ApiOperation({ summary: 'Enter money that came, or is to come' })
  @ApiBody({ schema: openApiSchema(addPaymentBody) })
  @ApiCreatedResponse(ORDER)
  @RequireScope('catalogue:write')
  @Post(':id/payments')
  async addPayment(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<OrderAnswer> {
    const payment = parse(addPaymentBody, body);
    return orderAnswer(await this.orders.addPayment(principal, parse(uuidField, id), payment));
  }

  @ApiOperation({ summary: 'A payment has come or is cancelled; what was cancelled stays so' })
  @ApiBody({ schema: openApiSchema(movePaymentBody) })
  @ApiOkResponse(ORDER)
  @RequireScope('catalogue:write')
  @Patch(':id/payments/:payment')
  async movePayment(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('payment') paymentId: string,
    @Body() body: unknown,
  ): Promise<OrderAnswer> {
    const move = parse(movePaymentBody, body);
    const [order, payment] = [parse(uuidField, id), parse(uuidField, paymentId)];
    return orderAnswer(await this.orders.movePayment(principal, order, payment, move));
  }
}
