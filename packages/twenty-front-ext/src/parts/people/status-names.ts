import { useLingui } from '@lingui/react/macro';
import type { AccountStatus } from '../../generated/graphql.ts';

export function useStatusNames(): Readonly<Record<AccountStatus, string>> {
  const { t } = useLingui();
  return { active: t`Active`, invited: t`Invited`, deactivated: t`Blocked` };
}

export const STATUS_COLORS = {
  active: 'green',
  invited: 'yellow',
  deactivated: 'gray',
} as const satisfies Record<AccountStatus, string>;
