import { Module } from '@nestjs/common';
import { BidRecords } from './bids.records.ts';
import { BidsService } from './bids.service.ts';
import { LotCloser } from './closing.jobs.ts';
import { ClosingService } from './closing.service.ts';
import { LeadsModule } from '../leads/index.ts';
import { LotChanges } from './lot-changes.ts';
import { LotFactsStore } from './lot-facts.ts';
import { LotRecords } from './lots.records.ts';
import { LotsController } from './lots.controller.ts';
import { LotWithdrawals } from './lot-withdrawals.ts';
import { LotsResolver } from './lots.resolver.ts';
import { LotsService } from './lots.service.ts';
import { AuctionNotices } from './notices.jobs.ts';
import { ReturnsController } from './returns.controller.ts';
import { ReturnsResolver } from './returns.resolver.ts';
import { ReturnsService } from './returns.service.ts';
import { RulesController } from './rules.controller.ts';
import { RulesService } from './rules.service.ts';
import { SoldService } from './sold.service.ts';

/** Leads that are sold to who offers most: lots, bids, their end, and what comes after it. */
@Module({
  imports: [LeadsModule],
  controllers: [LotsController, ReturnsController, RulesController],
  providers: [
    BidRecords,
    BidsService,
    ClosingService,
    LotChanges,
    LotCloser,
    LotFactsStore,
    LotRecords,
    LotWithdrawals,
    LotsResolver,
    LotsService,
    AuctionNotices,
    ReturnsResolver,
    ReturnsService,
    RulesService,
    SoldService,
  ],
})
export class AuctionModule {}
