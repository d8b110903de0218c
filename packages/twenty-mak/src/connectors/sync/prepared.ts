/** What was read of the account of each tenant. It holds for a while, and as long as what it follows from stays the same. */
export class Prepared<Value> {
  private readonly kept = new Map<
    string,
    { readonly of: string; readonly at: number; readonly value: Value }
  >();

  /** `lasts` in milliseconds. */
  constructor(private readonly lasts: number) {}

  /** `of` is what it follows from, e.g. settings and secrets. `read` gets what held before, if anything did. */
  async get(
    tenantId: string,
    of: readonly unknown[],
    read: (former: Value | null) => Promise<Value>,
  ): Promise<Value> {
    const now = JSON.stringify(of);
    const known = this.kept.get(tenantId);
    if (known?.of === now && performance.now() - known.at < this.lasts) return known.value;
    const value = await read(known?.value ?? null);
    this.kept.set(tenantId, { of: now, at: performance.now(), value });
    return value;
  }

  /** The account is not as it was when it was read. */
  forget(tenantId: string): void {
    this.kept.delete(tenantId);
  }
}
