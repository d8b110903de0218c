import type { Principal } from './principal.ts';

/** How long a verified credential is believed without asking the database again, in milliseconds. */
const BELIEVED_FOR = 5_000;
/** More credentials than any installation has in use at once. */
const MAX_ENTRIES = 20_000;

interface Entry {
  readonly principal: Principal;
  readonly until: number;
}

/**
 * Principals that were verified a moment ago. What is taken back is forgotten at once where the doorbell is heard, and
 * after five seconds everywhere.
 */
export class Belief {
  private readonly entries = new Map<string, Entry>();
  /** Grows with everything forgotten, so that a look-up that began before does not bring it back. */
  private generation = 0;
  /** Look-ups under way, so that a crowd of requests asks once. */
  private readonly asked = new Map<string, Promise<Principal | undefined>>();

  /** The principal that was verified under this name less than five seconds ago, else what `verify` finds. */
  async of(
    name: string,
    verify: () => Promise<Principal | undefined>,
  ): Promise<Principal | undefined> {
    const known = this.entries.get(name);
    if (known !== undefined && known.until > performance.now()) return known.principal;
    const asked =
      this.asked.get(name) ?? this.ask(name, verify).finally(() => this.asked.delete(name));
    this.asked.set(name, asked);
    return asked;
  }

  private async ask(
    name: string,
    verify: () => Promise<Principal | undefined>,
  ): Promise<Principal | undefined> {
    const { generation } = this;
    const principal = await verify();
    if (principal === undefined || generation !== this.generation) {
      this.entries.delete(name);
      return principal;
    }
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    this.entries.set(name, { principal, until: performance.now() + BELIEVED_FOR });
    return principal;
  }

  /** Forgets every credential of one tenant. */
  forget(tenantId: string): void {
    this.generation += 1;
    this.asked.clear();
    for (const [name, { principal }] of this.entries) {
      if (principal.tenantId === tenantId) this.entries.delete(name);
    }
  }
}
