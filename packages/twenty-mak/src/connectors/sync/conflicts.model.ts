import { ArgsType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Side } from 'twenty-mak-domain';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { ConflictView } from './conflicts.dto.ts';
import { SyncRecordsArgs } from './sync-records.model.ts';

export const SyncSideEnum = { mak: 'mak', remote: 'remote' } as const satisfies Record<Side, Side>;
registerEnumType(SyncSideEnum, { name: 'SyncSide' });

@ObjectType('SyncConflict', {
  description: 'Both sides changed a critical field; a person may decide otherwise than its rule.',
})
export class SyncConflictModel {
  @Field(() => ID) id: string;
  @Field(() => String) entity: string;
  @Field(() => String) localId: string;
  @Field(() => String) remoteId: string;
  @Field(() => String) field: string;
  @Field(() => Boolean, {
    description: 'Whether both versions are kept; those that say who a person is are not',
  })
  kept: boolean;
  @Field(() => JsonScalar, { nullable: true, description: "MaK's version" }) mak: unknown;
  @Field(() => JsonScalar, { nullable: true, description: "The other system's version" })
  remote: unknown;
  @Field(() => SyncSideEnum, { description: 'Whose version the rule took' }) winner: Side;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => Boolean, {
    description: 'The field was changed since; only the choice of the rule can be let stand',
  })
  outdated: boolean;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) decidedAt: string | null;
  @Field(() => ID, { nullable: true, description: 'The account or API client' })
  decidedBy: string | null;
  @Field(() => SyncSideEnum, { nullable: true }) decision: Side | null;
}

@ObjectType('SyncConflictPage')
export class SyncConflictPageModel {
  @Field(() => [SyncConflictModel]) items: SyncConflictModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ArgsType()
export class SyncConflictsArgs extends SyncRecordsArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only those that are to be decided' })
  open?: boolean;
}

export function conflictModel({
  local_id: localId,
  remote_id: remoteId,
  decided_at: decidedAt,
  decided_by: decidedBy,
  ...rest
}: ConflictView): SyncConflictModel {
  const { mak, remote, ...others } = rest;
  return { ...others, mak, remote, localId, remoteId, decidedAt, decidedBy };
}
