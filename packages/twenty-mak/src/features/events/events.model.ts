import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'An event that was refused, with the reason that its sender was told.' })
export class EventRejection {
  @Field(() => ID) id: string;
  @Field() receivedAt: string;
  @Field(() => String, { nullable: true }) source: string | null;
  @Field(() => String, { nullable: true }) eventId: string | null;
  @Field() code: string;
  @Field() reason: string;
  @Field(() => String, { nullable: true }) field: string | null;
  @Field({ description: 'What was sent, as JSON.' }) payload: string;
}

@ObjectType()
export class EventRejectionPage {
  @Field(() => [EventRejection]) items: EventRejection[];
  @Field(() => String, { nullable: true }) next: string | null;
}

@ObjectType({ description: 'What became of one event.' })
export class EventResult {
  @Field(() => String, { nullable: true }) eventId: string | null;
  @Field({ description: 'applied, stored, duplicate, conflict, orphan or rejected' })
  status: string;
  @Field(() => ID, { nullable: true }) masterDealId: string | null;
  @Field(() => String, { nullable: true }) code: string | null;
  @Field(() => String, { nullable: true }) reason: string | null;
  @Field(() => String, { nullable: true }) field: string | null;
}
