import { v5 } from 'uuid';
import type { ObjectName } from './object-names.ts';

/**
 * twenty recognises the parts of an app by these identifiers, from version to version. They follow from paths, so that
 * nobody has to keep hundreds of them apart. A path must never change: twenty would delete what it named, with its data.
 */
const NAMESPACE = 'b6f3b1a2-5a0c-4d0e-9f0a-7f0c2a4e6d51';

export const APPLICATION_IDENTIFIER = '3f6f1d6e-6b0f-4c83-9d3b-2a5e8c7d9b10';

/** Universal identifier of a part of the app, e.g. `identify('view', 'myDeals')`. */
export function identify(...path: readonly string[]): string {
  return v5(path.join('/'), NAMESPACE);
}

export function objectIdentifier(object: ObjectName): string {
  return identify('object', object);
}

/** Identifier of a field that this app defines, on an object of its own or of twenty. */
export function fieldIdentifier(object: string, field: string): string {
  return identify('field', object, field);
}
