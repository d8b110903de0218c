export { pageOf, readCursor, writeCursor } from './cursor.ts';
export type { Page } from './cursor.ts';
export {
  currencyField,
  expectedVersion,
  instantField,
  instantKey,
  keyField,
  limitField,
  localeField,
  plainText,
  originField,
  textField,
  textKey,
  timeZoneField,
  uuidField,
} from './fields.ts';
export { openApiSchema } from './openapi-schema.ts';
export { parse } from './parse.ts';
export { withoutNulls } from './without-nulls.ts';
export { queryParameters } from './query-parameters.ts';
