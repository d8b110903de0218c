import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { PaymentsService } from './payments.service.ts';
import {
  findWalletSchema,
  listWalletsSchema,
  providerSchema,
  reversalSchema,
  statementSchema,
  topUpSchema,
} from './wallet.dto.ts';
import {
  NewPaymentProviderModel,
  PaymentProviderModel,
  statementLineModel,
  toppedUpModel,
  ToppedUpModel,
  TopUpInput,
  WalletArgs,
  walletModel,
  WalletModel,
  WalletPageModel,
  WalletStatementArgs,
  WalletStatementPageModel,
  walletSummaryModel,
} from './wallet.model.ts';
import { WalletService } from './wallet.service.ts';

@Resolver(() => WalletModel)
export class WalletResolver {
  constructor(
    @Inject(WalletService) private readonly wallets: WalletService,
    @Inject(PaymentsService) private readonly payments: PaymentsService,
  ) {}

  @RequireScope('wallet:read')
  @Query(() => WalletModel, { description: 'A wallet, and what of it is held for which lots' })
  async wallet(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => WalletArgs }) { accountId, currency }: WalletArgs,
  ): Promise<WalletModel> {
    const query = parse(findWalletSchema, withoutNulls({ account_id: accountId, currency }));
    return walletModel(await this.wallets.find(principal, query));
  }

  @RequireScope('wallet:read')
  @Query(() => WalletStatementPageModel, {
    description: 'What a wallet got and gave, the last first',
  })
  async walletStatement(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => WalletStatementArgs }) { accountId, ...args }: WalletStatementArgs,
  ): Promise<WalletStatementPageModel> {
    const query = parse(statementSchema, withoutNulls({ account_id: accountId, ...args }));
    const page = await this.wallets.statement(principal, query);
    return { items: page.items.map(statementLineModel), next: page.next };
  }

  @RequireScope('wallet:manage')
  @Query(() => WalletPageModel, {
    name: 'wallets',
    description: 'All wallets, in the order in which they were opened',
  })
  async walletPage(
    @CurrentPrincipal() principal: Principal,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<WalletPageModel> {
    const page = await this.wallets.list(
      principal,
      parse(listWalletsSchema, withoutNulls({ limit, cursor })),
    );
    return { items: page.items.map(walletSummaryModel), next: page.next };
  }

  @RequireScope('wallet:manage')
  @Mutation(() => ToppedUpModel, {
    description: 'Records money that has come in; the same reference again changes nothing',
  })
  async topUpWallet(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => TopUpInput }) { accountId, ...rest }: TopUpInput,
  ): Promise<ToppedUpModel> {
    const request = parse(topUpSchema, { account_id: accountId, ...withoutNulls(rest) });
    return toppedUpModel(await this.wallets.topUp(principal, request));
  }

  @RequireScope('wallet:manage')
  @Mutation(() => ToppedUpModel, {
    description: 'Takes back a top-up that was a mistake; it may leave a debt',
  })
  async reverseTopUp(
    @CurrentPrincipal() principal: Principal,
    @Args('entryId', { type: () => ID }) entryId: string,
    @Args('note', { type: () => String }) note: string,
  ): Promise<ToppedUpModel> {
    const request = parse(reversalSchema, { entry_id: entryId, note });
    return toppedUpModel(await this.wallets.reverse(principal, request));
  }

  @RequireScope('wallet:manage')
  @Query(() => [PaymentProviderModel], { description: 'Who may tell of payments' })
  async paymentProviders(
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentProviderModel[]> {
    const providers = await this.payments.list(principal);
    return providers.map(({ provider, created_at }) => ({ provider, createdAt: created_at }));
  }

  @RequireScope('wallet:manage')
  @Mutation(() => NewPaymentProviderModel, {
    description: 'Lets a provider tell of payments, or gives it a new secret',
  })
  savePaymentProvider(
    @CurrentPrincipal() principal: Principal,
    @Args('provider', { type: () => String }) provider: string,
  ): Promise<NewPaymentProviderModel> {
    return this.payments.admit(principal, parse(providerSchema, { provider }).provider);
  }

  @RequireScope('wallet:manage')
  @Mutation(() => Boolean, { description: 'Believes a provider no longer' })
  async deletePaymentProvider(
    @CurrentPrincipal() principal: Principal,
    @Args('provider', { type: () => String }) provider: string,
  ): Promise<boolean> {
    await this.payments.remove(principal, parse(providerSchema, { provider }).provider);
    return true;
  }
}
