import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  auditSchema,
  findWalletSchema,
  listWalletsSchema,
  reversalSchema,
  statementPageSchema,
  statementSchema,
  toppedUpSchema,
  topUpSchema,
  walletPageSchema,
  walletSchema,
} from './wallet.dto.ts';
import type {
  AuditView,
  StatementLineView,
  ToppedUp,
  WalletSummary,
  WalletView,
} from './wallet.dto.ts';
import { WalletService } from './wallet.service.ts';

@ApiTags('wallet')
@Controller('v1')
export class WalletController {
  constructor(@Inject(WalletService) private readonly wallets: WalletService) {}

  @ApiOperation({ summary: 'A wallet, and what of it is held for which lots' })
  @queryParameters(findWalletSchema)
  @ApiOkResponse({ schema: openApiSchema(walletSchema, 'output') })
  @RequireScope('wallet:read')
  @Get('wallet')
  find(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<WalletView> {
    return this.wallets.find(principal, parse(findWalletSchema, query));
  }

  @ApiOperation({ summary: 'What a wallet got and gave, the last first' })
  @queryParameters(statementSchema)
  @ApiOkResponse({ schema: openApiSchema(statementPageSchema, 'output') })
  @RequireScope('wallet:read')
  @Get('wallet/statement')
  statement(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<StatementLineView>> {
    return this.wallets.statement(principal, parse(statementSchema, query));
  }

  @ApiOperation({ summary: 'All wallets, in the order in which they were opened' })
  @queryParameters(listWalletsSchema)
  @ApiOkResponse({ schema: openApiSchema(walletPageSchema, 'output') })
  @RequireScope('wallet:manage')
  @Get('wallets')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<WalletSummary>> {
    return this.wallets.list(principal, parse(listWalletsSchema, query));
  }

  @ApiOperation({
    summary: 'Record money that has come in; the same reference again changes nothing',
  })
  @ApiBody({ schema: openApiSchema(topUpSchema) })
  @ApiOkResponse({ schema: openApiSchema(toppedUpSchema, 'output') })
  @RequireScope('wallet:manage')
  @HttpCode(200)
  @Post('wallet/top-ups')
  topUp(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ToppedUp> {
    return this.wallets.topUp(principal, parse(topUpSchema, body));
  }

  @ApiOperation({ summary: 'Take back a top-up that was a mistake; it may leave a debt' })
  @ApiBody({ schema: openApiSchema(reversalSchema) })
  @ApiOkResponse({ schema: openApiSchema(toppedUpSchema, 'output') })
  @RequireScope('wallet:manage')
  @HttpCode(200)
  @Post('wallet/reversals')
  reverse(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ToppedUp> {
    return this.wallets.reverse(principal, parse(reversalSchema, body));
  }

  @ApiOperation({ summary: 'Compare all books with their postings and holds' })
  @ApiOkResponse({ schema: openApiSchema(auditSchema, 'output') })
  @RequireScope('wallet:manage')
  @Get('wallet/audit')
  audit(@CurrentPrincipal() principal: Principal): Promise<AuditView> {
    return this.wallets.audit(principal);
  }
}
