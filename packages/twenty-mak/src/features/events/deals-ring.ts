/** Rung with the ids of deals after each commit that changed them, in whatever way. */
export const DEALS_CHANNEL = 'mak:deals';

export function dealsRing(tenantId: string, ids: readonly string[]): string {
  return [tenantId, ...ids].join(' ');
}

export function readDealsRing(message: string): {
  readonly tenantId: string;
  readonly ids: readonly string[];
} {
  const [tenantId = '', ...ids] = message.split(' ');
  return { tenantId, ids };
}
