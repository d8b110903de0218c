export {
  BidAnswerEntity,
  BidEntity,
  LeadReturnEntity,
  LotEntity,
  LotFollowerEntity,
  LotLeadEntity,
  LotNoticeEntity,
  LotRuleEntity,
} from './auction.entity.ts';
export { auctionClosing, auctionNotices } from './auction.jobs.ts';
export { AuctionModule } from './auction.module.ts';
export { answerBidsDirectly } from './bids.direct-route.ts';
