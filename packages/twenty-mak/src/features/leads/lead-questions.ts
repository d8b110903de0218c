import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { RateLimiter, tooManyRequests } from '../../platform/rate-limit/index.ts';

/** Questions whether a lead exists that a company may ask; whatever is compared with all leads is one. */
const QUESTIONS = { burst: 60, perSecond: 60 / 3_600 };

/** How often a company may have contacts compared with leads that are not its own. */
@Injectable()
export class LeadQuestions {
  constructor(@Inject(RateLimiter) private readonly limiter: RateLimiter) {}

  /** A company that asks for one number after the other learns little. Throws 429 `too_many_requests`. */
  async spend({ tenantId, restrictedTo }: Principal): Promise<void> {
    if (restrictedTo === undefined) return;
    const { given, waitMs } = await this.limiter.take(
      `lead-question:${tenantId}:${restrictedTo}`,
      QUESTIONS,
    );
    if (given === 0) throw tooManyRequests(waitMs);
  }
}
