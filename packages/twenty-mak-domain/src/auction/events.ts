/** What the world is told of lots: ids, times, and prices once they are nobody's secret. Never who a lead is. */
export const LOT_EVENT_TYPES = [
  'auction.lot.listed',
  'auction.lot.extended',
  'auction.lot.sold',
  'auction.lot.unsold',
  'auction.lot.withdrawn',
  'auction.lot.returned',
] as const;

export type LotEventType = (typeof LOT_EVENT_TYPES)[number];
