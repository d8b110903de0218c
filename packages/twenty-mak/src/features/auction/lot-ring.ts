/** Rung with a tenant and a lot after each commit that changed the lot. */
export const LOTS_CHANNEL = 'mak:lots';

export function lotsRing(tenantId: string, lotId: string): string {
  return `${tenantId} ${lotId}`;
}

export function readLotsRing(message: string): { tenantId: string; lotId: string } {
  const [tenantId = '', lotId = ''] = message.split(' ');
  return { tenantId, lotId };
}
