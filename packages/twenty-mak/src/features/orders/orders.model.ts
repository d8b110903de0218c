import {
  ArgsType,
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { InstantScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { PageInfo } from '../deals/index.ts';

export enum OrderStatus {
  new = 'new',
  approved = 'approved',
  in_work = 'in_work',
  shipped = 'shipped',
  done = 'done',
  cancelled = 'cancelled',
}
registerEnumType(OrderStatus, { name: 'OrderStatus' });

export enum OrderPaymentStatus {
  not_paid = 'not_paid',
  part_paid = 'part_paid',
  paid = 'paid',
  overpaid = 'overpaid',
}
registerEnumType(OrderPaymentStatus, { name: 'OrderPaymentStatus' });

export enum OrderPaymentState {
  expected = 'expected',
  paid = 'paid',
  cancelled = 'cancelled',
}
registerEnumType(OrderPaymentState, { name: 'OrderPaymentState' });

@ObjectType()
export class OrderLineProperty {
  @Field() name: string;
  @Field() value: string;
}

@ObjectType({ description: 'What is bought. Money is in minor units of the order.' })
export class OrderLine {
  @Field(() => String, { nullable: true, description: 'Of an article, or of anything else.' })
  sku: string | null;
  @Field() name: string;
  @Field(() => Float) quantity: number;
  @Field(() => SafeIntScalar, { description: 'Of one.' }) price: number;
  @Field(() => SafeIntScalar, { description: 'Off the line as a whole.' }) discount: number;
  @Field(() => [OrderLineProperty]) properties: OrderLineProperty[];
}

@ObjectType()
export class OrderPayment {
  @Field(() => ID) id: string;
  @Field(() => SafeIntScalar, { description: 'Minor units.' }) amount: number;
  @Field(() => OrderPaymentState) state: OrderPaymentState;
  @Field(() => String, { nullable: true }) method: string | null;
  @Field(() => String, { nullable: true }) description: string | null;
  @Field(() => InstantScalar) at: number;
}

@ObjectType({ description: 'What a client buys.' })
export class Order {
  @Field(() => ID) id: string;
  @Field({ description: 'No other order has it.' }) number: string;
  @Field(() => ID, { nullable: true, description: 'The client that it names now.' })
  clientId: string | null;
  @Field(() => OrderStatus) status: OrderStatus;
  @Field() currency: string;
  @Field(() => [OrderLine]) lines: OrderLine[];
  @Field(() => SafeIntScalar, { description: 'Off the order as a whole.' }) discount: number;
  @Field(() => SafeIntScalar) shippingPrice: number;
  @Field(() => [OrderPayment]) payments: OrderPayment[];
  @Field(() => SafeIntScalar, { description: 'Minor units.' }) total: number;
  @Field(() => SafeIntScalar, { description: 'Minor units.' }) paid: number;
  @Field(() => OrderPaymentStatus) paymentStatus: OrderPaymentStatus;
  @Field(() => String, { nullable: true }) comment: string | null;
  @Field(() => String, { nullable: true }) carrier: string | null;
  @Field(() => String, { nullable: true }) trackingCode: string | null;
  @Field(() => InstantScalar) orderedAt: number;
  @Field(() => InstantScalar, { nullable: true }) closedAt: number | null;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ObjectType()
export class OrderConnection {
  @Field(() => [Order]) nodes: Order[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ArgsType()
export class OrdersArgs {
  @Field(() => String, { nullable: true, description: 'Beginning of the number.' }) text?: string;
  @Field(() => OrderStatus, { nullable: true }) status?: OrderStatus;
  @Field(() => OrderPaymentStatus, { nullable: true }) paymentStatus?: OrderPaymentStatus;
  @Field(() => String, { nullable: true, description: 'Its id or one of its references.' })
  client?: string;
  @Field(() => Int, { nullable: true }) first?: number;
  @Field(() => String, { nullable: true }) after?: string;
}

@InputType()
export class OrderLinePropertyInput {
  @Field() name: string;
  @Field() value: string;
}

@InputType()
export class OrderLineInput {
  @Field(() => String, { nullable: true }) sku?: string;
  @Field() name: string;
  @Field(() => Float) quantity: number;
  @Field(() => SafeIntScalar) price: number;
  @Field(() => SafeIntScalar, { nullable: true }) discount?: number;
  @Field(() => [OrderLinePropertyInput], { nullable: true })
  properties?: OrderLinePropertyInput[];
}

@InputType()
export class OrderPaymentInput {
  @Field(() => SafeIntScalar) amount: number;
  @Field(() => OrderPaymentState, { nullable: true }) state?: OrderPaymentState;
  @Field(() => String, { nullable: true }) method?: string;
  @Field(() => String, { nullable: true }) description?: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339; left out: now.' }) at?: string;
}

@InputType()
export class OrderFieldsInput {
  @Field(() => SafeIntScalar, { nullable: true }) discount?: number;
  @Field(() => SafeIntScalar, { nullable: true }) shippingPrice?: number;
  @Field(() => String, { nullable: true }) comment?: string | null;
  @Field(() => String, { nullable: true }) carrier?: string | null;
  @Field(() => String, { nullable: true }) trackingCode?: string | null;
}

@InputType()
export class CreateOrderInput extends OrderFieldsInput {
  @Field() number: string;
  @Field(() => String, { description: 'The client: its id or one of its references.' })
  clientId: string;
  @Field() currency: string;
  @Field(() => OrderStatus, { nullable: true }) status?: OrderStatus;
  @Field(() => [OrderLineInput]) lines: OrderLineInput[];
  @Field(() => [OrderPaymentInput], { nullable: true }) payments?: OrderPaymentInput[];
  @Field(() => String, { nullable: true, description: 'RFC 3339; left out: now.' })
  orderedAt?: string;
}

@InputType()
export class EditOrderInput extends OrderFieldsInput {
  @Field(() => Int) version: number;
  @Field(() => String, { nullable: true }) clientId?: string;
  @Field(() => [OrderLineInput], { nullable: true }) lines?: OrderLineInput[];
}
