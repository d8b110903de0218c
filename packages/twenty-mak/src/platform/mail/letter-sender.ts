import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { HandlesJob } from '../jobs/job.ts';
import type { JobHandler } from '../jobs/job.ts';
import { Metrics } from '../observability/metrics.ts';
import { SecretBox } from '../secrets/index.ts';
import { compose } from './compose.ts';
import { letterSchema } from './letter.ts';
import { PURPOSE } from './letters.ts';
import { deleteLetters, isLetterDue, leaveLetters, takeLetters } from './letters.repository.ts';
import type { DueLetter } from './letters.repository.ts';
import { isUndeliverable, mailCarrier } from './mail-carrier.ts';
import type { MailCarrier } from './mail-carrier.ts';
import { notify } from './mail.jobs.ts';

type Outcome = 'sent' | 'failed' | 'refused' | 'expired';

/** Letters that one transaction takes, and so the most that go out twice after a crash. */
const BATCH = 10;
/** How long letters that were taken are begun, in milliseconds: with the patience for the last one below the first pause. */
const TAKEN_FOR = 5_000;

interface Tried {
  /** Never to be tried again. */
  readonly done: readonly string[];
  /** Not tried. */
  readonly left: readonly string[];
}

/**
 * Sends letters. One that could not be sent is tried again until it is not worth it any more. After a crash between
 * sending and forgetting it goes out twice, under the same message id.
 */
@Injectable()
@HandlesJob(notify)
export class LetterSender implements JobHandler {
  private readonly logger = new Logger('Mail');
  private readonly outcomes: Counter<'outcome'>;
  private readonly carrier: MailCarrier | null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly secrets: SecretBox,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.carrier = mailCarrier(config);
    this.outcomes = metrics.counter('mak_letters_total', 'Attempts to send a letter.', ['outcome']);
  }

  async find(): Promise<readonly object[]> {
    return (await this.database.within({}, isLetterDue)) ? [{}] : [];
  }

  async handle(_place: object, signal: AbortSignal): Promise<void> {
    let letters = await this.database.within({}, (tx) => takeLetters(tx, BATCH));
    while (letters.length > 0) {
      const { done, left } = await this.tryAll(letters, signal);
      letters = await this.database.within({}, async (tx) => {
        await deleteLetters(tx, done);
        await leaveLetters(tx, left);
        return signal.aborted ? [] : takeLetters(tx, BATCH);
      });
    }
  }

  /** Tries letters one after the other, the oldest first, for as long as they are surely nobody else's. */
  private async tryAll(letters: readonly DueLetter[], signal: AbortSignal): Promise<Tried> {
    const until = performance.now() + TAKEN_FOR;
    const done: string[] = [];
    const left: string[] = [];
    for (const letter of letters.toSorted((one, two) => (one.id < two.id ? -1 : 1))) {
      if (signal.aborted || performance.now() > until) {
        left.push(letter.id);
        continue;
      }
      const outcome = letter.expired ? 'expired' : await this.attempt(letter);
      this.outcomes.inc({ outcome });
      if (outcome === 'failed') continue;
      done.push(letter.id);
      if (outcome !== 'sent') this.logger.error(`letter ${letter.id} was given up: ${outcome}`);
    }
    return { done, left };
  }

  private async attempt({ id, sealed, attempts }: DueLetter): Promise<Outcome> {
    if (this.carrier === null) {
      this.logger.error(`letter ${id} waits: neither SMTP_URL nor MAK_MAIL_DIR is set`);
      return 'failed';
    }
    try {
      const letter = letterSchema.parse(JSON.parse(this.secrets.open(PURPOSE, id, sealed)));
      await this.carrier.carry(id, compose(letter, this.config.PUBLIC_URL));
      this.logger.log(`letter ${id} (${letter.kind}) went to ${this.carrier.place}`);
      return 'sent';
    } catch (error) {
      this.logger.warn(`letter ${id} could not be sent, attempt ${attempts}: ${reasonOf(error)}`);
      return isUndeliverable(error) ? 'refused' : 'failed';
    }
  }
}

/** The words of a mail server may name the recipient, so only its codes are told. */
function reasonOf(error: unknown): string {
  const { name, code, responseCode } = error as {
    name?: string;
    code?: string;
    responseCode?: number;
  };
  return [code ?? name, responseCode].filter((part) => part !== undefined).join(' ');
}
