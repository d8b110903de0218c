import { Body, Controller, HttpCode, Inject, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import {
  createDealBody,
  domainStageBody,
  editDealBody,
  factBody,
  mergeBody,
  noteBody,
  ownersBody,
  versionBody,
} from './deal-edits.dto.ts';
import { DealEditsService } from './deal-edits.service.ts';
import { DealFactsService } from './deal-facts.service.ts';
import { DealMergeService } from './deal-merge.service.ts';
import { dealAnswer, dealSchema } from './deals.dto.ts';
import type { DealAnswer } from './deals.dto.ts';
import type { DealView } from './deals.service.ts';

const DEAL = { schema: openApiSchema(dealSchema, 'output') };

@ApiTags('deals')
@Controller('v1/deals')
export class DealEditsController {
  constructor(
    @Inject(DealEditsService) private readonly edits: DealEditsService,
    @Inject(DealFactsService) private readonly facts: DealFactsService,
    @Inject(DealMergeService) private readonly merges: DealMergeService,
  ) {}

  @ApiOperation({ summary: 'Make a deal' })
  @ApiBody({ schema: openApiSchema(createDealBody) })
  @ApiCreatedResponse(DEAL)
  @RequireScope('deals:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    return answerOf(await this.edits.create(principal, parse(createDealBody, body)));
  }

  @ApiOperation({ summary: 'Change fields of a deal' })
  @ApiBody({ schema: openApiSchema(editDealBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const change = parse(editDealBody, body);
    return answerOf(await this.edits.edit(principal, parse(uuidField, id), change));
  }

  @ApiOperation({ summary: 'Set the stage of one domain system' })
  @ApiBody({ schema: openApiSchema(domainStageBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/stage')
  async stage(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const stage = parse(domainStageBody, body);
    return answerOf(await this.edits.setDomainStage(principal, parse(uuidField, id), stage));
  }

  @ApiOperation({ summary: 'Set the owner and the responsible persons' })
  @ApiBody({ schema: openApiSchema(ownersBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @Put(':id/owners')
  async owners(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const owners = parse(ownersBody, body);
    return answerOf(await this.edits.setOwners(principal, parse(uuidField, id), owners));
  }

  @ApiOperation({ summary: 'Add a note' })
  @ApiBody({ schema: openApiSchema(noteBody) })
  @ApiCreatedResponse(DEAL)
  @RequireScope('deals:write')
  @Post(':id/notes')
  async note(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const { text } = parse(noteBody, body);
    return answerOf(await this.edits.addNote(principal, parse(uuidField, id), text));
  }

  @ApiOperation({ summary: 'Record a fact; the stage follows from it' })
  @ApiBody({ schema: openApiSchema(factBody) })
  @ApiCreatedResponse(DEAL)
  @RequireScope('deals:write')
  @Post(':id/facts')
  async fact(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const fact = parse(factBody, body);
    return answerOf(await this.facts.record(principal, parse(uuidField, id), fact));
  }

  @ApiOperation({ summary: 'Archive a deal' })
  @ApiBody({ schema: openApiSchema(versionBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/archive')
  async archive(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const { version } = parse(versionBody, body);
    return answerOf(await this.edits.setArchived(principal, parse(uuidField, id), version, true));
  }

  @ApiOperation({ summary: 'Bring an archived deal back' })
  @ApiBody({ schema: openApiSchema(versionBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/restore')
  async restore(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const { version } = parse(versionBody, body);
    return answerOf(await this.edits.setArchived(principal, parse(uuidField, id), version, false));
  }

  @ApiOperation({ summary: 'Open an ended deal again' })
  @ApiBody({ schema: openApiSchema(versionBody) })
  @ApiOkResponse(DEAL)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/reopen')
  async reopen(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const { version } = parse(versionBody, body);
    return answerOf(await this.edits.reopen(principal, parse(uuidField, id), version));
  }

  @ApiOperation({ summary: 'Merge a deal into another one, which goes on' })
  @ApiBody({ schema: openApiSchema(mergeBody) })
  @ApiOkResponse({ ...DEAL, description: 'The deal that goes on.' })
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/merge')
  async merge(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const merge = parse(mergeBody, body);
    return answerOf(await this.merges.merge(principal, parse(uuidField, id), merge));
  }
}

function answerOf({ row, pipeline, present }: DealView): DealAnswer {
  return dealAnswer(row, pipeline, present);
}
