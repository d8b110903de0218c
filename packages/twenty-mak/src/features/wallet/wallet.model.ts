import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import type {
  LotName,
  StatementLineView,
  ToppedUp,
  WalletSummary,
  WalletView,
} from './wallet.dto.ts';

@ObjectType('LotName', {
  description: 'What a lot is called by: keys of the lists of leads, each once.',
})
export class LotNameModel {
  @Field(() => [String]) cities: string[];
  @Field(() => [String]) niches: string[];
  @Field(() => Int) leadCount: number;
}

@ObjectType('WalletHold', { description: 'Money that is promised for a lot.' })
export class WalletHoldModel {
  @Field(() => ID) lotId: string;
  @Field(() => LotNameModel, { nullable: true }) lot: LotNameModel | null;
  @Field(() => SafeIntScalar, { description: 'Minor units' }) amount: number;
}

@ObjectType('WalletSummary')
export class WalletSummaryModel {
  @Field(() => ID, {
    description: "The owner: a head account, or the tenant's id for the head office",
  })
  accountId: string;
  @Field(() => String, { nullable: true }) ownerName: string | null;
  @Field(() => String) currency: string;
  @Field(() => SafeIntScalar, { description: 'Minor units; below zero is a debt' }) balance: number;
  @Field(() => SafeIntScalar, { description: 'Of it promised for lots' }) held: number;
  @Field(() => SafeIntScalar) available: number;
}

@ObjectType('Wallet')
export class WalletModel extends WalletSummaryModel {
  @Field(() => [WalletHoldModel]) holds: WalletHoldModel[];
}

@ObjectType('WalletPage')
export class WalletPageModel {
  @Field(() => [WalletSummaryModel]) items: WalletSummaryModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('WalletStatementLine')
export class WalletStatementLineModel {
  @Field(() => ID) entryId: string;
  @Field(() => String, {
    description: '`top_up`, `payout`, `capture`, `correction` or `reversal`',
  })
  kind: string;
  @Field(() => SafeIntScalar, { description: 'What the wallet got, or gave when it is negative' })
  amount: number;
  @Field(() => SafeIntScalar, { description: 'After it' }) balance: number;
  @Field(() => String, { description: 'RFC 3339' }) at: string;
  @Field(() => ID, { nullable: true }) lotId: string | null;
  @Field(() => LotNameModel, { nullable: true }) lot: LotNameModel | null;
  @Field(() => ID, { nullable: true }) leadId: string | null;
  @Field(() => String, { nullable: true }) note: string | null;
}

@ObjectType('WalletStatementPage')
export class WalletStatementPageModel {
  @Field(() => [WalletStatementLineModel]) items: WalletStatementLineModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('ToppedUp')
export class ToppedUpModel {
  @Field(() => ID) entryId: string;
  @Field(() => Boolean, { description: 'It was recorded before and changed nothing now' })
  repeated: boolean;
  @Field(() => WalletModel) wallet: WalletModel;
}

@ArgsType()
export class WalletArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose; left out: the own one. Those of others need wallet:manage',
  })
  accountId?: string;
  @Field(() => String, { nullable: true, description: "Left out: the tenant's" }) currency?: string;
}

@ArgsType()
export class WalletStatementArgs extends WalletArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@InputType()
export class TopUpInput {
  @Field(() => ID, { description: 'Head account of the partner or franchisee' }) accountId: string;
  @Field(() => SafeIntScalar, { description: 'Minor units' }) amount: number;
  @Field(() => String, { nullable: true, description: "Left out: the tenant's" }) currency?: string;
  @Field(() => String, {
    description: 'Number of the payment; the same again changes nothing',
  })
  reference: string;
  @Field(() => String, { nullable: true }) note?: string;
}

@ObjectType('PaymentProvider', {
  description: 'Somebody who tells of payments by signed messages.',
})
export class PaymentProviderModel {
  @Field(() => String) provider: string;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
}

@ObjectType('NewPaymentProvider')
export class NewPaymentProviderModel {
  @Field(() => String) provider: string;
  @Field(() => String, { description: 'Shown once' }) secret: string;
  @Field(() => String, { description: 'Where it sends its messages' }) path: string;
}

export function walletSummaryModel(view: WalletSummary): WalletSummaryModel {
  const { account_id, owner_name, currency, balance, held, available } = view;
  return { accountId: account_id, ownerName: owner_name, currency, balance, held, available };
}

export function walletModel(view: WalletView): WalletModel {
  const holds = view.holds.map(({ lot_id, lot, amount }) => {
    return { lotId: lot_id, lot: lotNameModel(lot), amount };
  });
  return Object.assign(walletSummaryModel(view), { holds });
}

export function statementLineModel(view: StatementLineView): WalletStatementLineModel {
  const { entry_id: entryId, lot_id: lotId, lot, lead_id: leadId, ...rest } = view;
  return { ...rest, entryId, lotId, lot: lotNameModel(lot), leadId };
}

function lotNameModel(name: LotName | null): LotNameModel | null {
  return name && { cities: name.cities, niches: name.niches, leadCount: name.lead_count };
}

export function toppedUpModel({ entry_id, repeated, wallet }: ToppedUp): ToppedUpModel {
  return { entryId: entry_id, repeated, wallet: walletModel(wallet) };
}
