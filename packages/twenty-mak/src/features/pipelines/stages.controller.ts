import { Body, Controller, Delete, Inject, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { addStage, deleteStage, renameStage, reorderStages } from 'twenty-mak-domain';
import type { Decision, PipelineDefinition, StageDefinition } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import {
  addStageBody,
  deleteStageBody,
  pipelineDetailAnswer,
  pipelineDetailSchema,
  renameStageBody,
  reorderStagesBody,
} from './pipelines.dto.ts';
import type { PipelineDetailAnswer } from './pipelines.dto.ts';
import { PipelineService } from './pipelines.service.ts';

type Edit = (definition: PipelineDefinition) => Decision<PipelineDefinition>;

const DETAIL = { schema: openApiSchema(pipelineDetailSchema, 'output') };

/** Edits of single stages. Each changes the draft, which is made from the current version when there is none. */
@ApiTags('pipelines')
@Controller('v1/pipelines/:key/draft/stages')
export class StagesController {
  constructor(@Inject(PipelineService) private readonly pipelines: PipelineService) {}

  @ApiOperation({ summary: 'Add a stage with its rule' })
  @ApiBody({ schema: openApiSchema(addStageBody) })
  @ApiCreatedResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Post()
  add(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, stage, at, when } = parse(addStageBody, body);
    // The whole definition is read after the edit, so an ill-formed stage is refused there.
    const added = {
      stage: stage as unknown as StageDefinition,
      when,
      ...(at === undefined ? {} : { at }),
    };
    return this.edit(principal, key, version, (definition) => addStage(definition, added));
  }

  @ApiOperation({ summary: 'Change the order of the board' })
  @ApiBody({ schema: openApiSchema(reorderStagesBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Put('order')
  reorder(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, order } = parse(reorderStagesBody, body);
    return this.edit(principal, key, version, (definition) => reorderStages(definition, order));
  }

  @ApiOperation({ summary: 'Rename a stage' })
  @ApiBody({ schema: openApiSchema(renameStageBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Patch(':stage')
  rename(
    @CurrentPrincipal() principal: Principal,
    @Param('key') pipeline: string,
    @Param('stage') stage: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, key, title } = parse(renameStageBody, body);
    const change = {
      ...(key === undefined ? {} : { key }),
      ...(title === undefined ? {} : { title }),
    };
    return this.edit(principal, pipeline, version, (definition) =>
      renameStage(definition, stage, change),
    );
  }

  @ApiOperation({ summary: 'Delete a stage; where it resulted, the target does' })
  @ApiBody({ schema: openApiSchema(deleteStageBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Delete(':stage')
  delete(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('stage') stage: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, target } = parse(deleteStageBody, body);
    return this.edit(principal, key, version, (definition) =>
      deleteStage(definition, stage, target),
    );
  }

  private async edit(
    principal: Principal,
    key: string,
    version: number,
    edit: Edit,
  ): Promise<PipelineDetailAnswer> {
    const unwrapped = (definition: PipelineDefinition): PipelineDefinition => {
      const edited = edit(definition);
      if (!edited.ok) throw new RefusalError(edited.refusal);
      return edited.value;
    };
    return pipelineDetailAnswer(
      await this.pipelines.editDraft(principal.tenantId, key, version, unwrapped, principal),
    );
  }
}
