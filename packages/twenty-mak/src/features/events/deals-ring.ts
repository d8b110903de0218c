/** Rung with deals after each commit that changed them, in whatever way. */
export const DEALS_CHANNEL = 'mak:deals';

export interface RungDeal {
  readonly id: string;
  /** Who owned the deal until now; null when that has not changed, and when nobody did. */
  readonly formerOwner: string | null;
}

export function dealsRing(tenantId: string, deals: readonly RungDeal[]): string {
  const words = deals.map(({ id, formerOwner }) =>
    formerOwner === null ? id : `${id}:${encodeURIComponent(formerOwner)}`,
  );
  return [tenantId, ...words].join(' ');
}

export function readDealsRing(message: string): {
  readonly tenantId: string;
  readonly deals: readonly RungDeal[];
} {
  const [tenantId = '', ...words] = message.split(' ');
  const deals = words.map((word) => {
    const [id = '', owner] = word.split(':');
    return { id, formerOwner: owner === undefined ? null : decodeURIComponent(owner) };
  });
  return { tenantId, deals };
}
