import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { VIEW_KINDS } from './views.dto.ts';
import type { ViewAnswer, ViewDefinition, ViewKind } from './views.dto.ts';

export const ViewKindEnum = Object.fromEntries(VIEW_KINDS.map((kind) => [kind, kind])) as Record<
  ViewKind,
  ViewKind
>;
registerEnumType(ViewKindEnum, { name: 'ViewKind' });

const DEFINITION =
  '`{filter, sort, groupBy, columns: [{key, width, visible}]}`; filter, sort and groupBy as `deals` and `board` take them';

@ObjectType('SavedView', { description: 'How somebody wants to see the board or the table.' })
export class SavedViewModel {
  @Field(() => ID) id: string;
  @Field(() => ViewKindEnum) kind: ViewKind;
  @Field(() => String) name: string;
  @Field(() => String, { nullable: true, description: 'Null for all pipelines' })
  pipeline: string | null;
  @Field(() => JsonScalar, { description: DEFINITION }) definition: ViewDefinition;
  @Field(() => Boolean) shared: boolean;
  @Field(() => Int, { description: 'Order in the list; equal ones go by name' }) position: number;
  @Field(() => ID) ownerId: string;
  @Field(() => Boolean, { description: 'Whether the caller may change and delete it' })
  editable: boolean;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) updatedAt: string;
}

@InputType()
export class CreateViewInput {
  @Field(() => ViewKindEnum) kind: ViewKind;
  @Field(() => String) name: string;
  @Field(() => String, { nullable: true }) pipeline?: string;
  @Field(() => JsonScalar, { description: DEFINITION }) definition: unknown;
  @Field(() => Boolean, { nullable: true }) shared?: boolean;
  @Field(() => Int, { nullable: true }) position?: number;
}

@InputType()
export class UpdateViewInput {
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => String, { nullable: true, description: 'Null for all pipelines' })
  pipeline?: string | null;
  @Field(() => JsonScalar, { nullable: true, description: DEFINITION }) definition?: unknown;
  @Field(() => Boolean, { nullable: true }) shared?: boolean;
  @Field(() => Int, { nullable: true }) position?: number;
}

export function viewModel(view: ViewAnswer): SavedViewModel {
  const { owner_id: ownerId, updated_at: updatedAt, ...rest } = view;
  return { ...rest, ownerId, updatedAt };
}
