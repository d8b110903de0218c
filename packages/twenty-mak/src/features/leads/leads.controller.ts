import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import { LeadConversionService } from './lead-conversion.service.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { leadSettingsSchema, saveLeadSettingsBody, settingsAnswer } from './lead-settings.dto.ts';
import type { LeadSettingsAnswer } from './lead-settings.dto.ts';
import { LeadSettingsService } from './lead-settings.service.ts';
import { detailAnswer, enteredAnswer, historyAnswer, leadAnswer } from './lead-views.ts';
import {
  commentBody,
  convertLeadBody,
  createLeadBody,
  editLeadBody,
  enteredLeadSchema,
  leadCountSchema,
  leadDetailSchema,
  leadHistorySchema,
  leadSchema,
  listedLeadSchema,
  listLeadsQuery,
  moveLeadBody,
  recordConsentBody,
} from './leads.dto.ts';
import type {
  EnteredLeadAnswer,
  LeadAnswer,
  LeadContactAnswer,
  LeadDetailAnswer,
  LeadHistoryAnswer,
} from './leads.dto.ts';
import { LeadsService } from './leads.service.ts';

const LEAD = { schema: openApiSchema(leadSchema, 'output') };
const SETTINGS = { schema: openApiSchema(leadSettingsSchema, 'output') };

@ApiTags('leads')
@Controller('v1/leads')
export class LeadsController {
  constructor(
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(LeadEntryService) private readonly entries: LeadEntryService,
    @Inject(LeadEditsService) private readonly edits: LeadEditsService,
    @Inject(LeadConversionService) private readonly conversions: LeadConversionService,
    @Inject(LeadSettingsService) private readonly settings: LeadSettingsService,
  ) {}

  @ApiOperation({ summary: 'Leads that the caller may see, page by page' })
  @queryParameters(listLeadsQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(listedLeadSchema), 'output') })
  @RequireScope('leads:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<LeadAnswer & { contact?: LeadContactAnswer }>> {
    const { contacts: wanted, ...request } = parse(listLeadsQuery, query);
    const page = await this.leads.list(principal, request);
    const ids = wanted ? page.items.map(({ id }) => id) : [];
    const contacts = await this.leads.contactsOf(principal, ids);
    const items = page.items.map((view) => {
      const contact = contacts.get(view.id);
      return { ...leadAnswer(view), ...(contact === undefined ? {} : { contact }) };
    });
    return { items, next: page.next };
  }

  @ApiOperation({ summary: 'How many leads there are by status' })
  @ApiOkResponse({ schema: openApiSchema(listOf(leadCountSchema), 'output') })
  @RequireScope('leads:read')
  @Get('counts')
  async counts(
    @CurrentPrincipal() principal: Principal,
  ): Promise<Page<z.output<typeof leadCountSchema>>> {
    return { items: await this.leads.counts(principal), next: null };
  }

  @ApiOperation({ summary: 'Statuses, sources, cities and rules of leads' })
  @ApiOkResponse(SETTINGS)
  @RequireScope('leads:read')
  @Get('settings')
  async readSettings(@CurrentPrincipal() principal: Principal): Promise<LeadSettingsAnswer> {
    return settingsAnswer(await this.settings.read(principal));
  }

  @ApiOperation({ summary: 'Change settings of leads; what is left out stays' })
  @ApiBody({ schema: openApiSchema(saveLeadSettingsBody) })
  @ApiOkResponse(SETTINGS)
  @RequireScope('leads:manage')
  @Put('settings')
  async saveSettings(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<LeadSettingsAnswer> {
    return settingsAnswer(await this.settings.save(principal, parse(saveLeadSettingsBody, body)));
  }

  @ApiOperation({ summary: 'Enter a lead' })
  @ApiBody({ schema: openApiSchema(createLeadBody) })
  @ApiCreatedResponse({ schema: openApiSchema(enteredLeadSchema, 'output') })
  @RequireScope('leads:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<EnteredLeadAnswer> {
    return enteredAnswer(await this.entries.create(principal, parse(createLeadBody, body)));
  }

  @ApiOperation({ summary: 'A lead with who it is; the look is audited' })
  @ApiOkResponse({ schema: openApiSchema(leadDetailSchema, 'output') })
  @RequireScope('leads:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<LeadDetailAnswer> {
    return detailAnswer(await this.leads.detail(principal, parse(uuidField, id)));
  }

  @ApiOperation({ summary: 'Changes of status, comments and answers about consent, newest first' })
  @ApiOkResponse({ schema: openApiSchema(listOf(leadHistorySchema), 'output') })
  @RequireScope('leads:read')
  @Get(':id/history')
  async history(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Page<LeadHistoryAnswer>> {
    const lines = await this.leads.history(principal, parse(uuidField, id));
    return { items: lines.map(historyAnswer), next: null };
  }

  @ApiOperation({ summary: 'Change fields of a lead' })
  @ApiBody({ schema: openApiSchema(editLeadBody) })
  @ApiOkResponse(LEAD)
  @RequireScope('leads:write')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LeadAnswer> {
    const edit = parse(editLeadBody, body);
    return leadAnswer(await this.edits.edit(principal, parse(uuidField, id), edit));
  }

  @ApiOperation({ summary: 'Move a lead to another status' })
  @ApiBody({ schema: openApiSchema(moveLeadBody) })
  @ApiOkResponse(LEAD)
  @RequireScope('leads:write')
  @HttpCode(200)
  @Post(':id/move')
  async move(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LeadAnswer> {
    const move = parse(moveLeadBody, body);
    return leadAnswer(await this.edits.move(principal, parse(uuidField, id), move));
  }

  @ApiOperation({ summary: 'Make a deal of a lead; a repeat gives the same deal' })
  @ApiBody({ schema: openApiSchema(convertLeadBody) })
  @ApiOkResponse(LEAD)
  @RequireScope('leads:write')
  @HttpCode(200)
  @Post(':id/convert')
  async convert(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LeadAnswer> {
    const order = parse(convertLeadBody, body);
    return leadAnswer(await this.conversions.convert(principal, parse(uuidField, id), order));
  }

  @ApiOperation({ summary: 'Add a remark to a lead' })
  @ApiBody({ schema: openApiSchema(commentBody) })
  @ApiCreatedResponse(LEAD)
  @RequireScope('leads:write')
  @Post(':id/comments')
  async comment(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LeadAnswer> {
    const { text } = parse(commentBody, body);
    return leadAnswer(await this.edits.comment(principal, parse(uuidField, id), text));
  }

  @ApiOperation({ summary: 'Record what the person says about personal data' })
  @ApiBody({ schema: openApiSchema(recordConsentBody) })
  @ApiCreatedResponse(LEAD)
  @RequireScope('leads:write')
  @Post(':id/consents')
  async consent(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LeadAnswer> {
    const consent = parse(recordConsentBody, body);
    return leadAnswer(await this.edits.recordConsent(principal, parse(uuidField, id), consent));
  }
}
