import { Column } from 'typeorm';
import type { ValueTransformer } from 'typeorm';

/** `timestamptz` columns hold instants: milliseconds on our side. */
export const instant: ValueTransformer = {
  to: (value: number | null | undefined) => (typeof value === 'number' ? new Date(value) : value),
  from: (value: number | Date | null) => (value instanceof Date ? value.getTime() : value),
};

/** A column of type `timestamptz(3)`. */
export function InstantColumn(
  options: { nullable?: boolean; default?: () => string } = {},
): PropertyDecorator {
  return Column({ type: 'timestamptz', precision: 3, transformer: instant, ...options });
}
