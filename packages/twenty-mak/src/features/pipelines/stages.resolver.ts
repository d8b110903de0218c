import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse } from '../../platform/validation/index.ts';
import {
  addStageBody,
  deleteStageBody,
  renameStageBody,
  reorderStagesBody,
} from './pipelines.dto.ts';
import { PipelineDetail, pipelineDetailModel } from './pipelines.model.ts';
import { StageEditsService } from './stage-edits.service.ts';

@Resolver(() => PipelineDetail)
export class StagesResolver {
  constructor(@Inject(StageEditsService) private readonly edits: StageEditsService) {}

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail, { description: 'Adds a stage with its rule to the draft.' })
  async addPipelineStage(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('stage', { type: () => JsonScalar }) stage: unknown,
    @Args('when') when: string,
    @Args('at', { type: () => Int, nullable: true }) at: number | null | undefined,
  ): Promise<PipelineDetail> {
    const body = parse(addStageBody, { version, stage, when, ...(at == null ? {} : { at }) });
    return pipelineDetailModel(await this.edits.add(principal, key, body));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async renamePipelineStage(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('stage') stage: string,
    @Args('newKey', { type: () => String, nullable: true }) newKey: string | null | undefined,
    @Args('title', { type: () => String, nullable: true }) title: string | null | undefined,
  ): Promise<PipelineDetail> {
    const change = {
      ...(newKey == null ? {} : { key: newKey }),
      ...(title == null ? {} : { title }),
    };
    const body = parse(renameStageBody, { version, ...change });
    return pipelineDetailModel(await this.edits.rename(principal, key, stage, body));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail)
  async reorderPipelineStages(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('order', { type: () => [String] }) order: string[],
  ): Promise<PipelineDetail> {
    const body = parse(reorderStagesBody, { version, order });
    return pipelineDetailModel(await this.edits.reorder(principal, key, body));
  }

  @RequireScope('pipelines:write')
  @Mutation(() => PipelineDetail, { description: 'Where the stage resulted, the target does.' })
  async deletePipelineStage(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('stage') stage: string,
    @Args('target') target: string,
  ): Promise<PipelineDetail> {
    const body = parse(deleteStageBody, { version, target });
    return pipelineDetailModel(await this.edits.delete(principal, key, stage, body));
  }
}
