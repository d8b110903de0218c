import { Body, Controller, Delete, Inject, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
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
import { StageEditsService } from './stage-edits.service.ts';

const DETAIL = { schema: openApiSchema(pipelineDetailSchema, 'output') };

@ApiTags('pipelines')
@Controller('v1/pipelines/:key/draft/stages')
export class StagesController {
  constructor(@Inject(StageEditsService) private readonly edits: StageEditsService) {}

  @ApiOperation({ summary: 'Add a stage with its rule' })
  @ApiBody({ schema: openApiSchema(addStageBody) })
  @ApiCreatedResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Post()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    return pipelineDetailAnswer(await this.edits.add(principal, key, parse(addStageBody, body)));
  }

  @ApiOperation({ summary: 'Change the order of the board' })
  @ApiBody({ schema: openApiSchema(reorderStagesBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Put('order')
  async reorder(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const edit = parse(reorderStagesBody, body);
    return pipelineDetailAnswer(await this.edits.reorder(principal, key, edit));
  }

  @ApiOperation({ summary: 'Rename a stage' })
  @ApiBody({ schema: openApiSchema(renameStageBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Patch(':stage')
  async rename(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('stage') stage: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const edit = parse(renameStageBody, body);
    return pipelineDetailAnswer(await this.edits.rename(principal, key, stage, edit));
  }

  @ApiOperation({ summary: 'Delete a stage; where it resulted, the target does' })
  @ApiBody({ schema: openApiSchema(deleteStageBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Delete(':stage')
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('stage') stage: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const edit = parse(deleteStageBody, body);
    return pipelineDetailAnswer(await this.edits.delete(principal, key, stage, edit));
  }
}
