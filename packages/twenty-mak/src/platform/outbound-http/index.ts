export { AddressRefused, checkLiteralHost, isPublicAddress } from './addresses.ts';
export { OutboundHttp } from './outbound-http.ts';
export type {
  OutboundAnswer,
  OutboundQuestion,
  OutboundRequest,
  OutboundResult,
} from './outbound-http.ts';
export { OutboundHttpModule } from './outbound-http.module.ts';
