import { Inject } from '@nestjs/common';
import { Args, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { InstantScalar, JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse } from '../../platform/validation/index.ts';
import { migrateBody, previewAnswer } from './pipeline-migrations.dto.ts';
import type { PreviewAnswer } from './pipeline-migrations.dto.ts';
import type { MigrationRow } from './pipeline-migrations.repository.ts';
import { PipelineMigrationsService } from './pipeline-migrations.service.ts';

@ObjectType({ description: "A migration of a pipeline's deals to another version." })
export class PipelineMigration {
  @Field(() => ID) id: string;
  @Field(() => Int, { nullable: true }) fromVersion: number | null;
  @Field(() => Int) toVersion: number;
  @Field({ description: 'running or done.' }) status: string;
  @Field(() => Int) deals: number;
  @Field(() => Int) done: number;
  @Field(() => Int, { description: 'Deals whose stage changed.' }) moved: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar, { nullable: true }) finishedAt: number | null;
}

@Resolver(() => PipelineMigration)
export class PipelineMigrationsResolver {
  constructor(
    @Inject(PipelineMigrationsService) private readonly migrations: PipelineMigrationsService,
  ) {}

  @RequireScope('pipelines:read')
  @Query(() => [PipelineMigration], { description: 'The last hundred, newest first.' })
  async pipelineMigrations(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<PipelineMigration[]> {
    return (await this.migrations.list(principal, key)).map(migrationModel);
  }

  @RequireScope('pipelines:write')
  @Query(() => JsonScalar, { description: 'What a migration to the current version would change.' })
  async pipelineMigrationPreview(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('fromVersion', { type: () => Int, nullable: true }) from: number | null | undefined,
  ): Promise<PreviewAnswer> {
    return previewAnswer(await this.migrations.preview(principal, key, versionOf(from)));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineMigration, { description: 'Begins a migration to the current version.' })
  async migratePipeline(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('fromVersion', { type: () => Int, nullable: true }) from: number | null | undefined,
  ): Promise<PipelineMigration> {
    return migrationModel(await this.migrations.start(principal, key, versionOf(from)));
  }
}

function versionOf(from: number | null | undefined): number | null {
  return parse(migrateBody, from == null ? {} : { from_version: from }).from_version ?? null;
}

function migrationModel(row: MigrationRow): PipelineMigration {
  return {
    id: row.id,
    fromVersion: row.from_version,
    toVersion: row.to_version,
    status: row.status,
    deals: row.deals,
    done: row.done,
    moved: row.moved,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
