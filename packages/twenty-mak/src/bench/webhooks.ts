import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BenchAmocrm } from './amocrm.ts';
import { inTurns } from './frame.ts';
import type { BenchPlace } from './frame.ts';
import { answerTimes, p99 } from './latency.ts';

const ROUNDS = 7;
/** One and a hundred others. */
const CONNECTIONS = 101;
const MESSAGES = 8_000;
/** The first requests open the connections, which takes longer than an answer and is neither arm's doing. */
const OPENING = 5 * CONNECTIONS;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** p99 of the answer to a message of amoCRM that is kept, while a hundred others arrive ÷ p99 of a handler that does nothing. */
export async function syncWebhookRatios(place: BenchPlace): Promise<number[]> {
  const empty = spawn(process.execPath, [join(import.meta.dirname, 'raw-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const amocrm = await BenchAmocrm.open(place);
  try {
    const [emptyUrl] = (await once(createInterface(empty.stdout), 'line')) as [string];
    // Nothing is asked meanwhile: what is measured is how messages are taken.
    await amocrm.set('pause');
    let sent = 0;
    const arm = async (url: string, path: string): Promise<number> => {
      const times = await answerTimes({
        ...{ url, path, method: 'POST', headers: FORM },
        ...{ connections: CONNECTIONS, untimed: OPENING },
        bodies: messages(amocrm, sent),
      });
      return p99(times);
    };
    const product = async (): Promise<number> => {
      const time = await arm(place.url, amocrm.webhookPath);
      sent += MESSAGES;
      const kept = await amocrm.messagesKept();
      if (kept !== sent) throw new Error(`${kept} of ${sent} messages are kept`);
      return time;
    };
    const nothing = (): Promise<number> => arm(emptyUrl, '/empty');
    await product();
    await nothing();
    return await inTurns(ROUNDS, product, nothing, place.log);
  } finally {
    empty.kill();
    await amocrm.close();
  }
}

/** Messages of which each names another lead. */
function messages({ simulator: { account } }: BenchAmocrm, from: number): string[] {
  return Array.from({ length: MESSAGES }, (_, index) =>
    new URLSearchParams({
      'leads[update][0][id]': String(from + index + 1),
      'leads[update][0][name]': `Lead ${from + index}`,
      'leads[update][0][price]': '100',
      'leads[update][0][account_id]': String(account.id),
      'account[id]': String(account.id),
      'account[subdomain]': account.subdomain,
    }).toString(),
  );
}
