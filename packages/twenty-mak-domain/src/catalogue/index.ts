export { ARTICLE_FIELDS, editArticle, NEW_ARTICLE } from './article.ts';
export type { Article, ArticleChanges, ArticleProperty, EditedArticle } from './article.ts';
export { ARTICLE_EVENT_TYPES, ORDER_EVENT_TYPES } from './events.ts';
export type { ArticleEventType, OrderEventType } from './events.ts';
export {
  addPayment,
  isClosed,
  movePayment,
  ORDER_STATUSES,
  PAYMENT_STATES,
  PAYMENT_STATUSES,
  sumOrder,
} from './order.ts';
export type {
  Order,
  OrderLine,
  OrderPayment,
  OrderStatus,
  OrderSums,
  PaymentState,
  PaymentStatus,
} from './order.ts';
export { countStock, MAX_QUANTITY } from './stock.ts';
export type { CountedStock, StockLine } from './stock.ts';
export { paymentSteps, paymentSums } from './payments.ts';
export type { PaymentSteps, PaymentSum } from './payments.ts';
