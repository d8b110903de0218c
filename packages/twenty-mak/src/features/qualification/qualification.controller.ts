import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { dealAnswer, dealSchema, listOf } from '../deals/index.ts';
import type { DealAnswer } from '../deals/index.ts';
import {
  answerBody,
  cardField,
  cardSchema,
  cardView,
  editCardBody,
  qualificationSchema,
  qualificationView,
} from './qualification.dto.ts';
import type { CardView, QualificationView } from './qualification.dto.ts';
import { QualificationService } from './qualification.service.ts';

@ApiTags('qualification')
@Controller('v1')
export class QualificationController {
  constructor(@Inject(QualificationService) private readonly service: QualificationService) {}

  @ApiOperation({ summary: 'Score cards and how the tenant weighs them' })
  @ApiOkResponse({ schema: openApiSchema(listOf(cardSchema), 'output') })
  @RequireScope('deals:read')
  @Get('qualification-cards')
  async cards(@CurrentPrincipal() principal: Principal): Promise<Page<CardView>> {
    return { items: (await this.service.cards(principal)).map(cardView), next: null };
  }

  @ApiOperation({ summary: 'Weigh a score card; holds for answers from now on' })
  @ApiBody({ schema: openApiSchema(editCardBody) })
  @ApiOkResponse({ schema: openApiSchema(cardSchema, 'output') })
  @RequireScope('tenant:manage')
  @Put('qualification-cards/:card')
  async editCard(
    @CurrentPrincipal() principal: Principal,
    @Param('card') card: string,
    @Body() body: unknown,
  ): Promise<CardView> {
    const edit = parse(editCardBody, body);
    return cardView(await this.service.editCard(principal, parse(cardField, card), edit));
  }

  @ApiOperation({ summary: 'Answers about a deal, card by card' })
  @ApiOkResponse({ schema: openApiSchema(listOf(qualificationSchema), 'output') })
  @RequireScope('deals:read')
  @Get('deals/:id/qualification')
  async ofDeal(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Page<QualificationView>> {
    const rows = await this.service.ofDeal(principal, parse(uuidField, id));
    return { items: rows.map(qualificationView), next: null };
  }

  @ApiOperation({ summary: 'Answer a card; the deal may become qualified by it' })
  @ApiBody({ schema: openApiSchema(answerBody) })
  @ApiOkResponse({ schema: openApiSchema(dealSchema, 'output') })
  @RequireScope('deals:write')
  @Put('deals/:id/qualification/:card')
  async answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('card') named: string,
    @Body() body: unknown,
  ): Promise<DealAnswer> {
    const [answer, card] = [parse(answerBody, body), parse(cardField, named)];
    const view = await this.service.answer(principal, parse(uuidField, id), card, answer);
    return dealAnswer(view.row, view.pipeline, view.present);
  }
}
