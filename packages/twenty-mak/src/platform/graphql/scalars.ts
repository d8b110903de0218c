import { GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import type { ValueNode } from 'graphql';
import { formatInstant, parseInstant } from 'twenty-mak-domain';

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});

/** An instant: milliseconds inside, RFC 3339 in UTC outside. */
export const InstantScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description: 'RFC 3339 time, e.g. `2026-03-01T09:30:00.000Z`.',
  serialize: (value) => formatInstant(value as number),
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
});

/** Sums in minor units do not fit into GraphQL's 32-bit Int. */
export const SafeIntScalar = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  description: 'An integer from -(2^53 - 1) to 2^53 - 1, e.g. a sum in minor units.',
  serialize: (value) => value as number,
  parseValue: readInteger,
  parseLiteral: (node) => readInteger(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function readInstant(value: unknown): number {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) throw new TypeError('This must be an RFC 3339 time with an offset.');
  return instant;
}

function readInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError('This must be a safe integer.');
  return value as number;
}
