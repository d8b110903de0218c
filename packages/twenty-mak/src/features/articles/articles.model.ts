import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { PageInfo } from '../deals/index.ts';

@ObjectType({ description: 'What a variant differs from the others by.' })
export class ArticleProperty {
  @Field() name: string;
  @Field() value: string;
}

@ObjectType({ description: 'How many of an article there are in a warehouse.' })
export class ArticleStock {
  @Field() warehouse: string;
  @Field(() => Float) quantity: number;
  @Field(() => Float, { description: 'Of these so many wait in orders.' }) reserved: number;
  @Field(() => InstantScalar) countedAt: number;
}

@ObjectType({ description: 'Something that is sold: one variant of a product.' })
export class Article {
  @Field(() => ID) id: string;
  @Field({ description: 'Number of the article; no other one has it.' }) sku: string;
  @Field() name: string;
  @Field(() => String, { nullable: true }) description: string | null;
  @Field(() => String, { nullable: true }) barcode: string | null;
  @Field(() => String, { nullable: true, description: 'Null for pieces.' }) unit: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The same for all variants of one product.',
  })
  product: string | null;
  @Field(() => [ArticleProperty]) properties: ArticleProperty[];
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units.' }) price: number | null;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units.' })
  purchasePrice: number | null;
  @Field(() => String, { nullable: true }) currency: string | null;
  @Field() archived: boolean;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ObjectType()
export class ArticleConnection {
  @Field(() => [Article]) nodes: Article[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ArgsType()
export class ArticlesArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Part of the name, or the beginning of the number.',
  })
  text?: string;
  @Field(() => String, { nullable: true }) product?: string;
  @Field(() => Boolean, { nullable: true }) archived?: boolean;
  @Field(() => String, { nullable: true, description: 'As in REST, e.g. `-updated_at`.' })
  sort?: string;
  @Field(() => Int, { nullable: true }) first?: number;
  @Field(() => String, { nullable: true }) after?: string;
}

@InputType()
export class ArticlePropertyInput {
  @Field() name: string;
  @Field() value: string;
}

@InputType()
export class ArticleFieldsInput {
  @Field(() => String, { nullable: true }) description?: string | null;
  @Field(() => String, { nullable: true }) barcode?: string | null;
  @Field(() => String, { nullable: true }) unit?: string | null;
  @Field(() => String, { nullable: true }) product?: string | null;
  @Field(() => [ArticlePropertyInput], { nullable: true }) properties?: ArticlePropertyInput[];
  @Field(() => SafeIntScalar, { nullable: true }) price?: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) purchasePrice?: number | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
}

@InputType()
export class CreateArticleInput extends ArticleFieldsInput {
  @Field() sku: string;
  @Field() name: string;
}

@InputType()
export class EditArticleInput extends ArticleFieldsInput {
  @Field(() => Int) version: number;
  @Field(() => String, { nullable: true }) sku?: string;
  @Field(() => String, { nullable: true }) name?: string;
}

@InputType()
export class StockCountInput {
  @Field() sku: string;
  @Field() warehouse: string;
  @Field(() => Float, { description: 'As it is from now on; up to three decimals.' })
  quantity: number;
  @Field(() => Float, { nullable: true, description: 'Of these so many wait in orders.' })
  reserved?: number;
}
