import type { Principal } from '../../platform/auth/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import type { SaleableLead } from '../leads/index.ts';

/** Who brought the leads. Only who may see leads of others learns more of them than that they are not his to sell. */
export function sellerOf(
  { tenantId, restrictedTo, scopes }: Principal,
  leads: readonly SaleableLead[],
): string {
  const sellers = new Set(leads.map(({ partnerId }) => partnerId ?? tenantId));
  if (restrictedTo !== undefined) {
    if (leads.some(({ partnerId }) => partnerId !== restrictedTo)) throw notFound('lead');
    return restrictedTo;
  }
  const [seller = tenantId] = sellers;
  if (sellers.size <= 1) return seller;
  if (!scopes.has('leads:read')) throw notFound('lead');
  throw new RefusalError({
    code: 'sellers_differ',
    reason:
      'The leads of a lot were brought by one partner, or by the head office. Make several lots.',
    field: 'lead_ids',
  });
}

/** Refuses with `lead_on_auction` or `lead_given`. */
export function refuseTaken(leads: readonly SaleableLead[]): void {
  if (leads.some(({ kind }) => kind === 'auction')) throw onAuction();
  if (leads.some(({ buyerId }) => buyerId !== null)) throw given();
}

function onAuction(): RefusalError {
  return new RefusalError(
    {
      code: 'lead_on_auction',
      reason:
        'One of these leads is on auction already. Wait for the end of its lot, or take it back.',
      field: 'lead_ids',
    },
    409,
  );
}

/** Whoever has the lead would lose it, by the sale or when the lot is taken back. */
function given(): RefusalError {
  return new RefusalError(
    {
      code: 'lead_given',
      reason:
        'A company has one of these leads, bought or given. It can be put on auction when it has come back.',
      field: 'lead_ids',
    },
    409,
  );
}

/** What is seen of a lead. An amount in another currency would be in the wrong band, and is left out. */
export function leadRow(lead: SaleableLead | undefined, currency: string) {
  if (lead === undefined) return [];
  const { id: lead_id, city, niche, source, score, createdAt: lead_created_at } = lead;
  const amount = lead.currency === currency ? lead.amount : null;
  return [{ lead_id, city, niche, source, amount, score, lead_created_at }];
}
