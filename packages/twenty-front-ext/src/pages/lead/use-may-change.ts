import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LeadDetailFragment } from '../../generated/graphql.ts';

/** Kinds in which somebody else counts on the lead. */
const BOUND: ReadonlySet<string> = new Set(['auction', 'sold', 'converted']);

/** A company changes what it has bought, and what it brought until somebody else counts on it. */
export function useMayChange({
  buyerId,
  kind,
}: Pick<LeadDetailFragment, 'buyerId' | 'kind'>): boolean {
  const mayWrite = useMay('leads:write');
  const isCompany = useIsCompany();
  // Of a company's leads only its own purchase has a buyer that it sees.
  return mayWrite && (!isCompany || buyerId !== null || !BOUND.has(kind));
}
