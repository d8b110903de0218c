import type { OutboundAnswer, OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RemoteFailure, takeTurn } from '../sync/index.ts';
import type { Turns } from '../sync/index.ts';
import { reconnect } from './access.ts';
import type { AmocrmAccess } from './access.ts';
import { notAnswered, readAnswer } from './answers.ts';
import type { AmocrmAnswer } from './answers.ts';
import type { AccessTokens } from './tokens.ts';

export interface AmocrmQuestion {
  /** `GET` unless told. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under `/api/v4/`, e.g. `leads/pipelines`. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string | number])[];
  readonly body?: object;
}

/** Milliseconds. */
const TIMEOUT = 20_000;
/** 250 records with all their fields. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** The way to one account of amoCRM, for all processes at the pace that it allows. */
export class AmocrmClient {
  constructor(
    private readonly http: Pick<OutboundHttp, 'ask'>,
    private readonly turns: Turns,
    private readonly tokens: AccessTokens,
    private readonly access: AmocrmAccess,
  ) {}

  /**
   * Rejects with a `RemoteFailure` when there is no answer, or none that says anything of what was sent. After a 403 nothing is
   * tried again by itself: it is `blocked`.
   */
  async ask(question: AmocrmQuestion): Promise<AmocrmAnswer> {
    const token = await this.tokens.current();
    const first = await this.send(question, token);
    if (first.status !== 401) return this.read(first);
    // The token may have been exchanged meanwhile, or taken back; a second one that is refused is no accident.
    const second = await this.send(question, await this.tokens.insteadOf(token));
    if (second.status === 401) throw reconnect('Two tokens after each other were refused.');
    return this.read(second);
  }

  private async send(
    { method = 'GET', path, query = [], body }: AmocrmQuestion,
    token: string,
  ): Promise<OutboundAnswer & { readonly kind: 'answered' }> {
    const { address, bucket, budget } = this.access;
    await takeTurn(this.turns, bucket, budget);
    const url = new URL(`${address}/api/v4/${path}`);
    for (const [name, value] of query) url.searchParams.append(name, String(value));
    const answer = await this.http.ask({
      system: 'amocrm',
      method,
      url: String(url),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? '' : JSON.stringify(body),
      timeout: TIMEOUT,
      maxAnswer: MAX_ANSWER,
    });
    if (answer.kind === 'failed') throw notAnswered(answer);
    return answer;
  }

  private async read(
    answer: OutboundAnswer & { readonly kind: 'answered' },
  ): Promise<AmocrmAnswer> {
    try {
      return readAnswer(answer);
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'rate_limited') throw error;
      // One refused call is a warning to all processes: after some more the account is blocked.
      const wait = await this.turns.pause(this.access.bucket);
      throw new RemoteFailure('rate_limited', error.message, wait);
    }
  }
}
