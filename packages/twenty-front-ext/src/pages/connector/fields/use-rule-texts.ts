import { useLingui } from '@lingui/react/macro';
import type { SyncDirection, SyncPriority } from '../../../generated/graphql.ts';
import type { Rule } from './matrix-values.ts';

interface RuleTexts {
  readonly directions: Readonly<Record<SyncDirection, string>>;
  readonly priorities: Readonly<Record<SyncPriority, string>>;
  /** A whole rule, to compare two of them. */
  readonly show: (rule: Rule | number | undefined) => string;
}

/** Rules in words; `title` is the name of the other system. */
export function useRuleTexts(title: string): RuleTexts {
  const { t } = useLingui();
  const directions = { in: t`To MaK`, out: t`To ${title}`, both: t`Both ways` };
  const priorities = { mak: t`MaK wins`, remote: t`${title} wins`, newest: t`The newest wins` };
  return {
    directions,
    priorities,
    show: (rule) => {
      if (typeof rule !== 'object') return '';
      const parts = [directions[rule.direction], priorities[rule.priority]];
      return [...parts, ...(rule.critical ? [t`critical`] : [])].join(', ');
    },
  };
}
