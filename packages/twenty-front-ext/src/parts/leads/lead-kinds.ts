import { useLingui } from '@lingui/react/macro';
import type { ComponentProps } from 'react';
import type { Tag } from 'twenty-ui/data-display';
import type { LeadKind } from '../../generated/graphql.ts';

/** Kinds in the order of a lead's life. */
export const LEAD_KINDS = [
  'new',
  'working',
  'auction',
  'sold',
  'unsold',
  'returned',
  'converted',
  'rejected',
] as const satisfies readonly LeadKind[];

export const KIND_COLORS = {
  new: 'blue',
  working: 'yellow',
  auction: 'purple',
  sold: 'turquoise',
  unsold: 'gray',
  returned: 'orange',
  converted: 'green',
  rejected: 'red',
} as const satisfies Record<LeadKind, ComponentProps<typeof Tag>['color']>;

/** What statuses mean, in words. */
export function useKindNames(): Readonly<Record<LeadKind, string>> {
  const { t } = useLingui();
  return {
    new: t`New`,
    working: t`In work`,
    auction: t`On auction`,
    sold: t`Sold`,
    unsold: t`Unsold`,
    returned: t`Returned`,
    converted: t`Converted`,
    rejected: t`Rejected`,
  };
}
