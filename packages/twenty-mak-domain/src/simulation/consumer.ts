import type { OutboxRow, StoredDeal } from './repository.ts';
import type { ModelStore } from './store.ts';
import type { Watch } from './watch.ts';

/** A subscriber that reads the outbox at least once: it keeps its place, repeats after a crash, drops repeats. */
export class Consumer {
  readonly name: string;
  /** Place up to which everything was delivered, stored with the subscription. */
  cursor: readonly [transaction: number, position: number] = [0, 0];
  private readonly watch: Watch;
  private readonly seen = new Set<number>();
  private readonly last = new Map<string, OutboxRow>();
  private readonly stages = new Map<string, unknown>();

  constructor(name: string, watch: Watch) {
    this.name = name;
    this.watch = watch;
  }

  receive(row: OutboxRow): void {
    if (this.seen.has(row.position)) return;
    this.seen.add(row.position);
    const { dealId, dealVersion, position, announcement } = row;
    const last = this.last.get(dealId);
    const ordered =
      last === undefined || (last.dealVersion <= dealVersion && last.position < position);
    this.watch.expect(ordered, 'outbox out of order', `${dealId} at ${position}`);
    this.last.set(dealId, row);
    const { type, data } = announcement;
    if (type === 'masterdeal.created') {
      this.watch.expect(last === undefined, 'effect twice', `${dealId} created again`);
      this.stages.set(dealId, data['stage']);
    }
    if (type === 'masterdeal.stage.changed') {
      const continues = data['from'] === this.stages.get(dealId) && data['from'] !== data['to'];
      this.watch.expect(
        continues,
        'stage heard differs from the stage',
        `${dealId} at ${position}`,
      );
      this.stages.set(dealId, data['to']);
    }
  }

  /** Compares what was heard with what is. */
  finish(store: ModelStore): void {
    for (const { position } of store.outbox) {
      this.watch.expect(this.seen.has(position), 'outbox row lost', `${position} for ${this.name}`);
    }
    for (const { deals } of store.tenants.values()) {
      for (const deal of deals.values()) this.hasHeard(deal);
    }
  }

  private hasHeard({ id, state }: StoredDeal): void {
    const same = this.stages.get(id) === state.stage;
    this.watch.expect(same, 'stage heard differs from the stage', id);
  }
}
