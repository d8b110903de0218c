import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { pageInfo } from '../deals/index.ts';
import {
  addPaymentBody,
  createOrderBody,
  editOrderBody,
  listOrdersQuery,
  moveOrderBody,
  movePaymentBody,
} from './orders.dto.ts';
import {
  CreateOrderInput,
  EditOrderInput,
  Order,
  OrderConnection,
  OrderPaymentInput,
  OrderPaymentState,
  OrdersArgs,
  OrderStatus,
} from './orders.model.ts';
import { OrdersService } from './orders.service.ts';
import { orderModel, restFields, restOrder, restPayment } from './orders.view-model.ts';

@Resolver(() => Order)
export class OrdersResolver {
  constructor(@Inject(OrdersService) private readonly service: OrdersService) {}

  @RequireScope('catalogue:read')
  @Query(() => OrderConnection, { description: 'What clients buy, the newest first.' })
  async orders(
    @CurrentPrincipal() principal: Principal,
    @Args() { paymentStatus, first, after, ...same }: OrdersArgs,
  ): Promise<OrderConnection> {
    const query = { ...same, payment_status: paymentStatus, limit: first, cursor: after };
    const page = await this.service.list(principal, parse(listOrdersQuery, withoutNulls(query)));
    return { nodes: page.items.map(orderModel), pageInfo: pageInfo(page) };
  }

  @RequireScope('catalogue:read')
  @Query(() => Order)
  async order(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Order> {
    return orderModel(await this.service.one(principal, parse(uuidField, id)));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Order)
  async createOrder(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreateOrderInput,
  ): Promise<Order> {
    return orderModel(
      await this.service.create(principal, parse(createOrderBody, restOrder(input))),
    );
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Order, { description: 'Null empties a field; lines are replaced as a whole.' })
  async editOrder(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: EditOrderInput,
  ): Promise<Order> {
    const edit = parse(editOrderBody, restFields(input));
    return orderModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Order)
  async moveOrder(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('status', { type: () => OrderStatus }) status: OrderStatus,
  ): Promise<Order> {
    const move = parse(moveOrderBody, { version, status });
    return orderModel(await this.service.move(principal, parse(uuidField, id), move));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Order)
  async addOrderPayment(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('payment') payment: OrderPaymentInput,
  ): Promise<Order> {
    const body = parse(addPaymentBody, { ...restPayment(payment), version });
    return orderModel(await this.service.addPayment(principal, parse(uuidField, id), body));
  }

  @RequireScope('catalogue:write')
  @Mutation(() => Order, { description: 'What was cancelled stays so.' })
  async moveOrderPayment(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('paymentId', { type: () => ID }) paymentId: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('state', { type: () => OrderPaymentState }) state: OrderPaymentState,
  ): Promise<Order> {
    const body = parse(movePaymentBody, { version, state });
    const payment = parse(uuidField, paymentId);
    return orderModel(
      await this.service.movePayment(principal, parse(uuidField, id), payment, body),
    );
  }
}
