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
