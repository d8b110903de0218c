interface Tenant {
  held: number;
  readonly waiting: (() => void)[];
}

/**
 * Gives every tenant only a share of the connections, so that one whose writers queue up for their turn leaves some for
 * the others. Whoever comes when the share is spent waits here, without a connection.
 */
export class FairShare {
  private readonly tenants = new Map<string, Tenant>();

  /** `share` connections a tenant; nobody waits longer than `patience` milliseconds. */
  constructor(
    private readonly share: number,
    private readonly patience: number,
  ) {}

  /** Takes one of the tenant's share; `leave` gives it back. Rejects with 53300, as PostgreSQL does, after the patience. */
  async enter(tenantId: string): Promise<void> {
    const tenant = this.tenants.get(tenantId) ?? { held: 0, waiting: [] };
    this.tenants.set(tenantId, tenant);
    if (tenant.held < this.share) {
      tenant.held += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        tenant.waiting.splice(tenant.waiting.indexOf(next), 1);
        reject(
          Object.assign(new Error('the tenant has too many requests waiting'), { code: '53300' }),
        );
      }, this.patience);
      function next(): void {
        clearTimeout(timer);
        resolve();
      }
      tenant.waiting.push(next);
    });
  }

  leave(tenantId: string): void {
    const tenant = this.tenants.get(tenantId);
    if (tenant === undefined) return;
    const next = tenant.waiting.shift();
    // Who waits takes over the place of who leaves.
    if (next !== undefined) next();
    else if (--tenant.held === 0) this.tenants.delete(tenantId);
  }
}
