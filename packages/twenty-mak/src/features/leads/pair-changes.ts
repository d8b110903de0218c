import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { Watch } from '../subscriptions/index.ts';
import type { PairCounts } from './lead-duplicates.dto.ts';
import { LeadDuplicatesService } from './lead-duplicates.service.ts';
import { PAIRS_CHANNEL } from './pairs-ring.ts';

/** An import finds pairs on and on; they are counted at most this often, in milliseconds. */
const PAUSE = 1_000;

/** Tells open pages how many pairs of leads wait. */
@Injectable()
export class PairChanges implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(LeadDuplicatesService) private readonly pairs: LeadDuplicatesService,
  ) {}

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** How many pairs there are now and after every change, until the caller stops or may no longer. */
  async *follow(
    principal: Principal,
    stillAllowed: () => Promise<boolean>,
  ): AsyncGenerator<PairCounts, void> {
    const { tenantId } = principal;
    const watch = new Watch(this.bus, {
      tenantId,
      stillAllowed,
      stopping: this.stopping.signal,
    });
    let isRung = true;
    const ring = (): void => {
      isRung = true;
      watch.ring();
    };
    const silence = this.bus.listen(PAIRS_CHANNEL, (of) => of === tenantId && ring(), ring);
    try {
      await this.bus.arrives(PAIRS_CHANNEL);
      while (await watch.goesOn()) {
        if (isRung) {
          isRung = false;
          yield await this.pairs.counts(principal, {});
        }
        await watch.rest();
        if (isRung) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } finally {
      silence();
      watch.end();
    }
  }
}
