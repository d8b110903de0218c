import { Tag } from 'twenty-ui/data-display';
import type { LeadKind } from '../../generated/graphql.ts';
import { KIND_COLORS } from './lead-kinds.ts';

/** A status in the tenant's word and the colour of its kind. */
export function LeadStatus({ kind, title }: { readonly kind: LeadKind; readonly title: string }) {
  return <Tag color={KIND_COLORS[kind]} text={title} />;
}
