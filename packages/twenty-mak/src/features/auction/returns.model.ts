import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import type { ReturnView } from './returns.dto.ts';

export const ReturnStatusEnum = { open: 'open', decided: 'decided' } as const;
registerEnumType(ReturnStatusEnum, { name: 'LeadReturnStatus' });
export const VerdictEnum = { accepted: 'accepted', rejected: 'rejected' } as const;
registerEnumType(VerdictEnum, { name: 'ReturnVerdict' });

@ObjectType('LeadReturn', { description: 'A bought lead that its buyer wants to give back.' })
export class LeadReturnModel {
  @Field(() => ID) id: string;
  @Field(() => ID) lotId: string;
  @Field(() => ID) leadId: string;
  @Field(() => ID, { nullable: true, description: 'For the head office and the buyer' })
  buyerId: string | null;
  @Field(() => ID, { nullable: true, description: 'For the head office and the seller' })
  sellerId: string | null;
  @Field(() => SafeIntScalar) price: number;
  @Field(() => String) currency: string;
  @Field(() => String, { description: 'RFC 3339' }) boughtAt: string;
  @Field(() => String, { description: 'Key of one of the reasons of the rules' }) reason: string;
  @Field(() => String) comment: string;
  @Field(() => String, { description: 'RFC 3339' }) requestedAt: string;
  @Field(() => VerdictEnum, { nullable: true, description: 'Null until it is decided' })
  verdict: keyof typeof VerdictEnum | null;
  @Field(() => String, { nullable: true }) note: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) decidedAt: string | null;
}

@ObjectType('LeadReturnPage')
export class LeadReturnPageModel {
  @Field(() => [LeadReturnModel]) items: LeadReturnModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@InputType()
export class RequestReturnInput {
  @Field(() => ID) lotId: string;
  @Field(() => ID) leadId: string;
  @Field(() => String, { description: 'Key of one of the reasons of the rules' }) reason: string;
  @Field(() => String, { description: 'What is wrong with the lead' }) comment: string;
}

export function returnModel(view: ReturnView): LeadReturnModel {
  return {
    id: view.id,
    lotId: view.lot_id,
    leadId: view.lead_id,
    buyerId: view.buyer_id,
    sellerId: view.seller_id,
    price: view.price,
    currency: view.currency,
    boughtAt: view.bought_at,
    reason: view.reason,
    comment: view.comment,
    requestedAt: view.requested_at,
    verdict: view.verdict,
    note: view.note,
    decidedAt: view.decided_at,
  };
}
