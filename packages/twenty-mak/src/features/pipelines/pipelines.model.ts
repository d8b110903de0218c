import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { PipelineDefinition, Predicates } from 'twenty-mak-domain';
import { InstantScalar, JsonScalar } from '../../platform/graphql/scalars.ts';
import type { PipelineRow, VersionRow } from './pipelines.repository.ts';
import type { PipelineWithDefinition } from './pipelines.loader.ts';

@ObjectType({
  description: 'A pipeline of the tenant; see docs/integrators/pipeline-definition.md.',
})
export class Pipeline {
  @Field(() => ID) id: string;
  @Field() key: string;
  @Field() title: string;
  @Field() isDefault: boolean;
  @Field(() => [String], { description: 'Sources whose deals get it by default.' })
  sources: string[];
  @Field(() => Int, { nullable: true }) currentVersion: number | null;
  @Field() hasDraft: boolean;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
  @Field(() => InstantScalar, { nullable: true }) archivedAt: number | null;
}

@ObjectType()
export class PipelineDetail extends Pipeline {
  @Field(() => JsonScalar, { nullable: true, description: 'The current version.' })
  definition: PipelineDefinition | null;
  @Field(() => JsonScalar, { nullable: true }) draft: PipelineDefinition | null;
}

@ObjectType()
export class PipelineVersion {
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) publishedAt: number;
  @Field(() => String, { nullable: true }) publishedBy: string | null;
}

@ObjectType()
export class PipelineVersionDetail extends PipelineVersion {
  @Field(() => JsonScalar) definition: PipelineDefinition;
  @Field(() => JsonScalar, {
    description:
      'Its predicates as syntax trees, in the order of the definition: `rules`, `timers` with `start` and `stop`, `businessStages` by stage and case. For programs that decide as the server does, without a parser of CEL.',
  })
  predicates: Predicates;
}

@ObjectType()
export class PipelineFinding {
  @Field({ description: 'error, warning or info; an error keeps it from being published.' })
  severity: string;
  @Field() code: string;
  @Field() reason: string;
  @Field(() => String, { nullable: true }) field?: string;
  @Field(() => JsonScalar, { nullable: true, description: 'Facts that show it.' })
  example?: unknown;
}

@ObjectType()
export class PipelineVerification {
  @Field() publishable: boolean;
  @Field(() => [PipelineFinding]) findings: PipelineFinding[];
  @Field(() => Int, { description: 'Combinations of facts that were looked at.' }) vectors: number;
  @Field(() => JsonScalar) stages: unknown;
  @Field(() => JsonScalar) regressions: unknown;
  @Field(() => JsonScalar, { nullable: true }) truthTable: unknown;
}

@InputType()
export class CreatePipelineInput {
  @Field(() => JsonScalar, { nullable: true }) definition?: unknown;
  @Field(() => String, { nullable: true }) preset?: string;
  @Field(() => String, { nullable: true }) key?: string;
  @Field(() => String, { nullable: true }) title?: string;
  @Field(() => Boolean, { nullable: true }) publish?: boolean;
  @Field(() => Boolean, { nullable: true }) isDefault?: boolean;
  @Field(() => Boolean, { nullable: true }) declareTypes?: boolean;
}

@InputType()
export class RegressionInput {
  @Field() gate: string;
  @Field() from: string;
  @Field() to: string;
}

export function pipelineModel(row: PipelineRow): Pipeline {
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    isDefault: row.is_default,
    sources: row.sources,
    currentVersion: row.current_version,
    hasDraft: row.has_draft,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  };
}

export function pipelineDetailModel(pipeline: PipelineWithDefinition): PipelineDetail {
  const { definition, draft } = pipeline;
  return Object.assign(pipelineModel(pipeline), { definition, draft });
}

export function versionModel(row: VersionRow): PipelineVersion {
  const { version, published_at: publishedAt, published_by: publishedBy } = row;
  return { version, publishedAt, publishedBy };
}
