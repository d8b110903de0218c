import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Target } from 'twenty-mak-domain';

/** `2 days, office`: how long a timer may run. */
export function useTargetText(): (target: Target, calendar?: string) => string {
  const { t } = useLingui();
  return ({ amount, unit }, calendar) => {
    const span = {
      minutes: () => t`${plural(amount, { one: '# minute', other: '# minutes' })}`,
      hours: () => t`${plural(amount, { one: '# hour', other: '# hours' })}`,
      days: () => t`${plural(amount, { one: '# day', other: '# days' })}`,
    }[unit]();
    return calendar === undefined ? span : t`${span} of the calendar ${calendar}`;
  };
}
