import { useMay } from '../../app/shell/tenant.tsx';
import type { LeadDetailFragment } from '../../generated/graphql.ts';

/** A company changes what it has bought, and what it brought until somebody else counts on it: the server knows that. */
export function useMayChange({ changeable }: Pick<LeadDetailFragment, 'changeable'>): boolean {
  return useMay('leads:write') && changeable;
}
