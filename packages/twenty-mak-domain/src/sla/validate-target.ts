import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { Target } from './calendar.ts';
import { isRecord, refuseUnknown } from './shape.ts';

/** Ten years, in each unit. */
const MOST: Readonly<Record<Target['unit'], number>> = {
  minutes: 3_650 * 24 * 60,
  hours: 3_650 * 24,
  days: 3_650,
};

/**
 * Reads an untrusted target. `field` is its path, the beginning of the path in a refusal.
 * Codes: wrong_type, unknown_property, target_unit_unknown, target_not_whole, target_not_positive, target_too_long.
 */
export function validateTarget(target: unknown, field = 'target'): Decision<Target> {
  if (!isRecord(target)) {
    return refuse(
      'wrong_type',
      'A target is an object with an amount and a unit, such as { amount: 8, unit: hours }.',
      field,
    );
  }
  const unknown = refuseUnknown(target, ['amount', 'unit'], field);
  if (unknown !== null) return unknown;

  const { amount, unit } = target;
  if (unit !== 'minutes' && unit !== 'hours' && unit !== 'days') {
    return refuse(
      'target_unit_unknown',
      'The unit of a target is minutes, hours or days.',
      `${field}.unit`,
    );
  }
  const at = `${field}.amount`;
  if (typeof amount !== 'number')
    return refuse('wrong_type', 'The amount of a target must be a number.', at);
  if (!Number.isInteger(amount)) {
    return refuse(
      'target_not_whole',
      'The amount of a target must be a whole number; use a smaller unit for parts.',
      at,
    );
  }
  if (amount < 1)
    return refuse('target_not_positive', 'The amount of a target must be at least 1.', at);
  const most = MOST[unit];
  if (amount > most) {
    return refuse('target_too_long', `A target may be at most 10 years: ${most} ${unit}.`, at);
  }
  return accept({ amount, unit });
}
