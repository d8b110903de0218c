import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { bidPageSchema, listBidsSchema, placeBidSchema, placedBidSchema } from './bids.dto.ts';
import type { BidPage, PlacedBid } from './bids.dto.ts';
import { BidsService } from './bids.service.ts';
import {
  createLotSchema,
  followSchema,
  listLotsSchema,
  lotPageSchema,
  lotSchema,
  pageSchema,
  statisticsSchema,
  wonLeadPageSchema,
} from './lots.dto.ts';
import type { LotDetails, LotStatistics, WonLead } from './lots.dto.ts';
import { LotsService } from './lots.service.ts';
import { SoldService } from './sold.service.ts';

/** What a caller needs who bids. */
export const BIDDING_SCOPE = 'auction:bid';

@ApiTags('auction')
@Controller('v1/lots')
export class LotsController {
  constructor(
    @Inject(LotsService) private readonly lots: LotsService,
    @Inject(BidsService) private readonly bids: BidsService,
    @Inject(SoldService) private readonly sold: SoldService,
  ) {}

  @ApiOperation({ summary: 'Lots that you may see: by their end, closed ones the last first' })
  @queryParameters(listLotsSchema)
  @ApiOkResponse({ schema: openApiSchema(lotPageSchema, 'output') })
  @RequireScope('auction:read')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<LotDetails>> {
    return this.lots.list(principal, parse(listLotsSchema, query));
  }

  @ApiOperation({ summary: 'Put leads on auction' })
  @ApiBody({ schema: openApiSchema(createLotSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(lotSchema, 'output') })
  @RequireScope('auction:sell')
  @Post()
  create(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<LotDetails> {
    return this.lots.create(principal, parse(createLotSchema, body));
  }

  @ApiOperation({ summary: 'How your lots went; with auction:manage those of everybody' })
  @ApiOkResponse({ schema: openApiSchema(statisticsSchema, 'output') })
  @RequireScope('auction:sell')
  @Get('statistics')
  statistics(@CurrentPrincipal() principal: Principal): Promise<LotStatistics> {
    return this.sold.statistics(principal);
  }

  @ApiOperation({ summary: 'Leads that you have bought, the last first' })
  @queryParameters(pageSchema)
  @ApiOkResponse({ schema: openApiSchema(wonLeadPageSchema, 'output') })
  @RequireScope('auction:read')
  @Get('won')
  won(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Page<WonLead>> {
    return this.sold.won(principal, parse(pageSchema, query));
  }

  @ApiOperation({ summary: 'A lot, as you may see it' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ schema: openApiSchema(lotSchema, 'output') })
  @RequireScope('auction:read')
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<LotDetails> {
    return this.lots.find(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Take back a lot that nobody has bid on' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ schema: openApiSchema(lotSchema, 'output') })
  @RequireScope('auction:sell')
  @HttpCode(200)
  @Post(':id/withdraw')
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<LotDetails> {
    return this.lots.withdraw(principal, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Say whether you want to hear of a lot' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(followSchema) })
  @ApiOkResponse({ schema: openApiSchema(lotSchema, 'output') })
  @RequireScope('auction:read')
  @Put(':id/follow')
  follow(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<LotDetails> {
    return this.lots.follow(principal, parse(uuidField, id), parse(followSchema, body).follow);
  }

  @ApiOperation({ summary: 'The bids of a lot, the last first; none while they are secret' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @queryParameters(listBidsSchema)
  @ApiOkResponse({ schema: openApiSchema(bidPageSchema, 'output') })
  @RequireScope('auction:read')
  @Get(':id/bids')
  history(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<BidPage> {
    return this.lots.history(principal, parse(uuidField, id), parse(listBidsSchema, query));
  }

  @ApiOperation({
    summary: 'Bid; the same key again gets the same answer',
    description: 'Answered after the bid is committed. Refusals keep their answer too.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(placeBidSchema) })
  @ApiOkResponse({ schema: openApiSchema(placedBidSchema, 'output') })
  @RequireScope(BIDDING_SCOPE)
  @NotIdempotent()
  @HttpCode(200)
  @Post(':id/bids')
  bid(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<PlacedBid> {
    return this.bids.place(principal, parse(uuidField, id), parse(placeBidSchema, body));
  }
}
