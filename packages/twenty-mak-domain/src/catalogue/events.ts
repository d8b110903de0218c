/** What the world is told of articles. */
export const ARTICLE_EVENT_TYPES = [
  'article.created',
  'article.changed',
  'article.stock.changed',
] as const;

export type ArticleEventType = (typeof ARTICLE_EVENT_TYPES)[number];

/** What the world is told of orders. */
export const ORDER_EVENT_TYPES = [
  'order.created',
  'order.changed',
  'order.status.changed',
  'order.payment.changed',
] as const;

export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number];
