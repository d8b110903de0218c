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
import { deleteLetter, isLetterDue, takeLetter } from './letters.repository.ts';
import type { DueLetter } from './letters.repository.ts';
import { isUndeliverable, mailCarrier } from './mail-carrier.ts';
import type { MailCarrier } from './mail-carrier.ts';
import { notify } from './mail.jobs.ts';

type Outcome = 'sent' | 'failed' | 'refused' | 'expired';

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
    while (!signal.aborted) {
      const letter = await this.database.within({}, takeLetter);
      if (letter === undefined) return;
      const outcome = letter.expired ? 'expired' : await this.attempt(letter);
      this.outcomes.inc({ outcome });
      if (outcome === 'failed') continue;
      await this.database.within({}, (transaction) => deleteLetter(transaction, letter.id));
      if (outcome !== 'sent') this.logger.error(`letter ${letter.id} was given up: ${outcome}`);
    }
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
