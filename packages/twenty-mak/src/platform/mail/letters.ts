import { Inject, Injectable } from '@nestjs/common';
import { afterCommit } from '../database/index.ts';
import type { Transaction } from '../database/index.ts';
import { newId } from '../ids/index.ts';
import { JobBell } from '../jobs/index.ts';
import { RateLimiter } from '../rate-limit/index.ts';
import { SecretBox } from '../secrets/index.ts';
import { KINDS } from './letter.ts';
import type { Letter, LotNotice } from './letter.ts';
import { insertLetters } from './letters.repository.ts';
import { notify } from './mail.jobs.ts';

/** What letters are sealed for. */
export const PURPOSE = 'letter';

/** Letters that one address gets, whoever asks for them. */
const PER_ADDRESS = { burst: 5, perSecond: 5 / 3_600 };
/** The same for news, which may be many and must not keep a forgotten password waiting. */
const NEWS_PER_ADDRESS = { burst: 20, perSecond: 20 / 3_600 };
/** Of leads that they have now people hear however much else there was to tell them. */
const GOT_PER_ADDRESS = { burst: 100, perSecond: 100 / 3_600 };

/** What brings leads. */
const GOT: ReadonlySet<LotNotice> = new Set(['won', 'assigned']);

/** Letters of one statement. */
const AT_A_TIME = 100;

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
    return (await this.writeAll(transaction, [letter])) === 1;
  }

  /** Writes letters, without those whose address has had too many already. Gives how many were written. */
  async writeAll(transaction: Transaction, letters: readonly Letter[]): Promise<number> {
    let written = 0;
    for (let from = 0; from < letters.length; from += AT_A_TIME) {
      const some = letters.slice(from, from + AT_A_TIME);
      const given = await Promise.all(some.map((letter) => this.mayHave(letter)));
      const allowed = some.filter((_letter, index) => given[index]);
      await insertLetters(
        transaction,
        allowed.map((letter) => {
          const id = newId();
          const sealed = this.secrets.seal(PURPOSE, id, JSON.stringify(letter));
          return { id, sealed, life: KINDS[letter.kind].life };
        }),
      );
      written += allowed.length;
    }
    if (written > 0) afterCommit(() => this.bell.ring(notify, {}));
    return written;
  }

  private async mayHave(letter: Letter): Promise<boolean> {
    const [bucket, limit] = limitOf(letter);
    const { given } = await this.limiter.take(`${bucket}::${letter.to}`, limit);
    return given > 0;
  }
}

/** The bucket that a letter is counted in, and how many it holds. */
function limitOf(letter: Letter) {
  if (letter.kind !== 'lot') return ['letter', PER_ADDRESS] as const;
  if (GOT.has(letter.notice)) return ['got', GOT_PER_ADDRESS] as const;
  return ['news', NEWS_PER_ADDRESS] as const;
}
