import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { AuditEntryView } from './audit.dto.ts';

@ObjectType('AuditEntry', { description: 'One change, or one read of personal data.' })
export class AuditEntryModel {
  @Field(() => ID) id: string;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => String) actorKind: string;
  @Field(() => String) actorId: string;
  @Field(() => String, {
    nullable: true,
    description: 'As the account or API client is called now',
  })
  actorName: string | null;
  @Field(() => String) action: string;
  @Field(() => String) entity: string;
  @Field(() => String, { nullable: true }) entityId: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of accounts, API clients, clients and deals',
  })
  entityName: string | null;
  @Field(() => JsonScalar) detail: Record<string, unknown>;
}

@ObjectType('AuditPage')
export class AuditPageModel {
  @Field(() => [AuditEntryModel]) items: AuditEntryModel[];
  @Field(() => String, { nullable: true }) next: string | null;
}

@ArgsType()
export class AuditArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
  @Field(() => String, { nullable: true }) entity?: string;
  @Field(() => String, { nullable: true }) entityId?: string;
  @Field(() => String, { nullable: true }) actorId?: string;
  @Field(() => String, { nullable: true }) action?: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339; not before' }) since?: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339; before' }) until?: string;
}

export function auditEntryModel(view: AuditEntryView): AuditEntryModel {
  return {
    id: view.id,
    at: view.at,
    actorKind: view.actor_kind,
    actorId: view.actor_id,
    actorName: view.actor_name,
    action: view.action,
    entity: view.entity,
    entityId: view.entity_id,
    entityName: view.entity_name,
    detail: view.detail,
  };
}
