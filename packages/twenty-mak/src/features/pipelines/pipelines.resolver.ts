import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse } from '../../platform/validation/index.ts';
import { compileStored } from './definition.ts';
import {
  archiveBody,
  createPipelineBody,
  draftBody,
  publishBody,
  sourceDefaultBody,
  sourceField,
  verifyBody,
  versionBody,
  whatIfBody,
} from './pipelines.dto.ts';
import {
  CreatePipelineInput,
  Pipeline,
  PipelineDetail,
  pipelineDetailModel,
  pipelineModel,
  PipelineVerification,
  PipelineVersion,
  PipelineVersionDetail,
  RegressionInput,
  versionModel,
} from './pipelines.model.ts';
import { PipelineSettingsService } from './pipeline-settings.service.ts';
import { PipelineService } from './pipelines.service.ts';
import { PipelineVerifier } from './pipelines.verifier.ts';
import { requestedDefinition } from './requested-definition.ts';

/** The same use cases and the same checks as in REST. */
@Resolver(() => Pipeline)
export class PipelinesResolver {
  constructor(
    @Inject(PipelineService) private readonly service: PipelineService,
    @Inject(PipelineSettingsService) private readonly settings: PipelineSettingsService,
    @Inject(PipelineVerifier) private readonly verifier: PipelineVerifier,
  ) {}

  @RequireScope('pipelines:read')
  @Query(() => [Pipeline])
  async pipelines(@CurrentPrincipal() { tenantId }: Principal): Promise<Pipeline[]> {
    return (await this.service.list(tenantId)).map(pipelineModel);
  }

  @RequireScope('pipelines:read')
  @Query(() => PipelineDetail)
  async pipeline(
    @CurrentPrincipal() { tenantId }: Principal,
    @Args('key') key: string,
  ): Promise<PipelineDetail> {
    return pipelineDetailModel(await this.service.one(tenantId, key));
  }

  @RequireScope('pipelines:read')
  @Query(() => [PipelineVersion], { description: 'Newest first.' })
  async pipelineVersions(
    @CurrentPrincipal() { tenantId }: Principal,
    @Args('key') key: string,
  ): Promise<PipelineVersion[]> {
    return (await this.service.versions(tenantId, key)).map(versionModel);
  }

  @RequireScope('pipelines:read')
  @Query(() => PipelineVersionDetail, { description: 'A published version; they never change.' })
  async pipelineVersion(
    @CurrentPrincipal() { tenantId }: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) number: number,
  ): Promise<PipelineVersionDetail> {
    const { version } = parse(versionBody, { version: number });
    const found = await this.service.version(tenantId, key, version);
    const { definition, predicates } = compileStored(found.definition);
    return Object.assign(versionModel(found), { definition, predicates });
  }

  @RequireScope('pipelines:read')
  @Query(() => PipelineVerification, {
    description: 'Of the definition, else the draft, else the current version.',
  })
  async verifyPipeline(
    @CurrentPrincipal() { tenantId }: Principal,
    @Args('key') key: string,
    @Args('definition', { type: () => JsonScalar, nullable: true }) definition: unknown,
    @Args('truthTable', { type: () => JsonScalar, nullable: true }) truthTable: unknown,
  ): Promise<PipelineVerification> {
    const body = parse(verifyBody, given({ definition, truth_table: truthTable }));
    const report = await this.verifier.verify(tenantId, key, body.definition, body.truth_table);
    return { ...report, findings: report.findings.map((finding) => ({ ...finding })) };
  }

  @RequireScope('pipelines:read')
  @Query(() => JsonScalar, { description: 'Stage and next moves for facts that are supposed.' })
  async pipelineWhatIf(
    @CurrentPrincipal() { tenantId }: Principal,
    @Args('key') key: string,
    @Args('gates', { type: () => JsonScalar, nullable: true }) gates: unknown,
    @Args('domains', { type: () => JsonScalar, nullable: true }) domains: unknown,
    @Args('definition', { type: () => JsonScalar, nullable: true }) definition: unknown,
  ): Promise<object> {
    const body = parse(whatIfBody, given({ definition, gates, domains }));
    return this.verifier.whatIf(tenantId, key, body.definition, {
      gates: body.gates ?? {},
      domains: body.domains ?? {},
    });
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async createPipeline(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreatePipelineInput,
  ): Promise<PipelineDetail> {
    const { isDefault, declareTypes, ...same } = input;
    const body = given({ ...same, is_default: isDefault, declare_types: declareTypes });
    const request = parse(createPipelineBody, body);
    const pipeline = await this.service.createFromDefinition(
      principal.tenantId,
      requestedDefinition(request),
      {
        actor: principal,
        publish: request.publish,
        isDefault: request.is_default,
        declareTypes: request.declare_types,
      },
    );
    return pipelineDetailModel(pipeline);
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async savePipelineDraft(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('definition', { type: () => JsonScalar }) definition: unknown,
  ): Promise<PipelineDetail> {
    const body = parse(draftBody, { version, definition });
    const { tenantId } = principal;
    return pipelineDetailModel(
      await this.service.saveDraft(tenantId, key, body.version, body.definition, principal),
    );
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail, { description: 'The current version stays.' })
  async dropPipelineDraft(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) number: number,
  ): Promise<PipelineDetail> {
    const { version } = parse(versionBody, { version: number });
    return pipelineDetailModel(
      await this.service.dropDraft(principal.tenantId, key, version, principal),
    );
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async publishPipeline(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('confirm', { type: () => [RegressionInput], nullable: true })
    confirm: RegressionInput[] | undefined,
  ): Promise<PipelineDetail> {
    const regressions = confirm?.map(({ gate, from, to }) => ({ gate, from, to }));
    const command = parse(publishBody, given({ version, confirm: regressions }));
    const { tenantId } = principal;
    return pipelineDetailModel(await this.service.publish(tenantId, key, command, principal));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async setDefaultPipeline(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<PipelineDetail> {
    const { tenantId } = principal;
    return pipelineDetailModel(await this.settings.setDefault(tenantId, key, principal));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail, { description: 'Archives a pipeline, or restores it.' })
  async archivePipeline(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('archived', { type: () => Boolean, defaultValue: true }) archived: boolean,
  ): Promise<PipelineDetail> {
    const body = parse(archiveBody, { version, archived });
    const { tenantId } = principal;
    return pipelineDetailModel(
      await this.settings.setArchived(tenantId, key, body.version, body.archived, principal),
    );
  }

  @RequireScope('pipelines:write')
  @Mutation(() => Boolean, { description: 'Without a pipeline the source gets the default again.' })
  async setSourceDefault(
    @CurrentPrincipal() principal: Principal,
    @Args('source') sent: string,
    @Args('pipeline', { type: () => String, nullable: true }) key: string | null | undefined,
  ): Promise<boolean> {
    const source = parse(sourceField, sent);
    const pipeline = key == null ? null : parse(sourceDefaultBody, { pipeline: key }).pipeline;
    await this.settings.setSourceDefault(principal.tenantId, source, pipeline, principal);
    return true;
  }
}

/** GraphQL says null where REST leaves a member out. */
function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}
