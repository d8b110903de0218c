import type { LeadStatus } from 'twenty-mak-domain';
import type { OverviewView } from './overview.dto.ts';

/** Leads by status in the tenant's order, and the part of them that became deals. */
export function leadFigures(
  statuses: readonly LeadStatus[],
  counts: readonly { readonly status: string; readonly leads: number }[],
): NonNullable<OverviewView['leads']> {
  const leadsOf = new Map(counts.map(({ status, leads }) => [status, leads]));
  const rows = statuses.map(({ key, title, kind }) => ({
    status: key,
    title,
    kind,
    leads: leadsOf.get(key) ?? 0,
  }));
  const sumOf = (of: typeof rows): number => of.reduce((sum, { leads }) => sum + leads, 0);
  const [total, converted] = [sumOf(rows), sumOf(rows.filter(({ kind }) => kind === 'converted'))];
  return {
    total,
    statuses: rows,
    converted,
    conversion: total === 0 ? null : converted / total,
  };
}
