import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { afterCommit } from '../database/index.ts';
import type { Transaction } from '../database/index.ts';
import { JobBell } from '../jobs/index.ts';
import { RateLimiter } from '../rate-limit/index.ts';
import { SecretBox } from '../secrets/index.ts';
import { KINDS } from './letter.ts';
import type { Letter } from './letter.ts';
import { insertLetter } from './letters.repository.ts';
import { notify } from './mail.jobs.ts';

/** What letters are sealed for. */
export const PURPOSE = 'letter';

/** Letters that one address gets, whoever asks for them. */
const PER_ADDRESS = { burst: 5, perSecond: 5 / 3_600 };
/** The same for news, which may be many and must not keep a forgotten password waiting. */
const NEWS_PER_ADDRESS = { burst: 20, perSecond: 20 / 3_600 };

/** Letters to people. A letter is a row of the transaction that has the reason for it; a job sends it. */
@Injectable()
export class Letters {
  constructor(
    @Inject(SecretBox) private readonly secrets: SecretBox,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** Writes a letter. False when its address has had too many already; then none is written. */
  async write(transaction: Transaction, letter: Letter): Promise<boolean> {
    const isNews = letter.kind === 'lot';
    const { given } = await this.limiter.take(
      `${isNews ? 'news' : 'letter'}::${letter.to}`,
      isNews ? NEWS_PER_ADDRESS : PER_ADDRESS,
    );
    if (given === 0) return false;
    const id = uuidv7();
    const sealed = this.secrets.seal(PURPOSE, id, JSON.stringify(letter));
    await insertLetter(transaction, id, sealed, KINDS[letter.kind].life);
    afterCommit(() => this.bell.ring(notify, {}));
    return true;
  }
}
