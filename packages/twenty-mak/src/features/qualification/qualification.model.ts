import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { CardView, QualificationView } from './qualification.dto.ts';

export enum QualificationCardKey {
  bant = 'bant',
  champ = 'champ',
  icp = 'icp',
}
registerEnumType(QualificationCardKey, { name: 'QualificationCardKey' });

@ObjectType()
export class QualificationCriterion {
  @Field(() => ID) criterion: string;
  @Field(() => Int) weight: number;
}

@ObjectType({ description: 'A score card as the tenant weighs it.' })
export class QualificationCard {
  @Field(() => QualificationCardKey) card: QualificationCardKey;
  @Field(() => [QualificationCriterion]) criteria: QualificationCriterion[];
  @Field(() => Int, { description: 'The score that passes, 1 to 100.' }) threshold: number;
  @Field(() => Int) version: number;
}

@ObjectType({ description: 'The answers about a deal on one card.' })
export class Qualification {
  @Field(() => QualificationCardKey) card: QualificationCardKey;
  @Field(() => JsonScalar, { description: 'By criterion: 0 no, 1 partly, 2 yes.' })
  answers: Record<string, number>;
  @Field(() => Int, { description: '0 to 100, as it was when the card was answered.' })
  score: number;
  @Field(() => Int) threshold: number;
  @Field() passed: boolean;
  @Field(() => [String], { description: 'Criteria that nobody has answered.' }) missing: string[];
  @Field({ description: '`account:` or `client:` and the id.' }) answeredBy: string;
  @Field({ description: 'RFC 3339' }) at: string;
  @Field(() => Int) version: number;
}

export function cardModel({ card, ...view }: CardView): QualificationCard {
  return { ...view, card: QualificationCardKey[card] };
}

export function qualificationModel(view: QualificationView): Qualification {
  const { card, answered_by: answeredBy, answered_at: at, ...same } = view;
  return { ...same, card: QualificationCardKey[card], answeredBy, at };
}
