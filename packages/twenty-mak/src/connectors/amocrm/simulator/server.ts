import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SimulatedAccount } from './account.ts';
import { notRows, problem, Refused } from './answers.ts';
import type { Answer } from './answers.ts';
import { answerTo, requireApi } from './api.ts';
import type { DuplicateControl } from './complex.ts';
import { addExamples } from './examples.ts';
import { HandPages } from './hand-pages.ts';
import { AmocrmLimits } from './limits.ts';
import type { AmocrmLimitOptions } from './limits.ts';
import { SimulatedOAuth } from './oauth.ts';
import type { OAuthOptions } from './oauth.ts';
import { Shower } from './shown.ts';
import { SimulatedWebhooks } from './webhooks.ts';
import type { WebhookOptions } from './webhooks.ts';

export interface AmocrmSimulatorOptions {
  /** Milliseconds; the real clock unless told. */
  readonly now?: () => number;
  readonly limits?: AmocrmLimitOptions;
  readonly oauth?: OAuthOptions;
  readonly webhooks?: WebhookOptions;
  /** What `GET` by an id answers that is not there; real services differ. */
  readonly unknownIdStatus?: 204 | 404;
  /** Whether `POST /leads/complex` looks for people who are known; off in a new account. */
  readonly duplicateControl?: DuplicateControl;
}

/**
 * What happens on the way of a call: it arrives; amoCRM does what it was told and its answer is lost, or never comes; or
 * something in between answered for amoCRM.
 */
export type Passage = 'arrives' | 'answer lost' | 'answer never comes' | 'answered';
export type Disturbance = (
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
) => Passage;

/** How often it is looked whether a message is due, in milliseconds. */
const DELIVERY_PAUSE = 250;

/** An amoCRM of our own, over HTTP, as far as the contract suite describes it. */
export class AmocrmSimulator {
  readonly account: SimulatedAccount;
  readonly oauth: SimulatedOAuth;
  readonly limits: AmocrmLimits;
  readonly webhooks: SimulatedWebhooks;
  disturb: Disturbance = () => 'arrives';
  /** As an admin of the account sets it. */
  duplicateControl: DuplicateControl;
  /** Calls that were answered by the API. */
  calls = 0;
  private readonly options: Required<Pick<AmocrmSimulatorOptions, 'now' | 'unknownIdStatus'>>;
  private readonly shower: Shower;
  private readonly pages: HandPages;
  private readonly server: Server;
  private origin = 'https://sandbox.amocrm.example';
  private timer: NodeJS.Timeout | undefined;

  constructor(options: AmocrmSimulatorOptions = {}) {
    const { now = Date.now, unknownIdStatus = 204, duplicateControl = false } = options;
    this.options = { now, unknownIdStatus };
    this.duplicateControl = duplicateControl;
    this.account = new SimulatedAccount(now);
    const [robot] = this.account.users;
    this.oauth = new SimulatedOAuth(
      { userId: robot?.id ?? 0, accountId: this.account.id },
      () => this.account.seconds(),
      options.oauth,
    );
    this.limits = new AmocrmLimits(options.limits);
    const origin = (): string => this.origin;
    this.webhooks = new SimulatedWebhooks(this.account, now, origin, options.webhooks);
    this.account.onChange = (changes) => this.webhooks.tell(changes);
    this.shower = new Shower(this.account, origin);
    this.pages = new HandPages(this);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  /** Some leads with people and companies, for who wants to look around. */
  fillWithExamples(): void {
    addExamples(this.account);
  }

  /** Gives the origin. Rejects when the port is taken. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((listening, failed) => {
      this.server.once('error', failed);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', failed);
        listening();
      });
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port.');
    this.origin = `http://127.0.0.1:${address.port}`;
    return this.origin;
  }

  /** Messages go out by the clock from now on, and not only when `webhooks.deliverDue` is called. */
  deliverByItself(): void {
    this.timer ??= setInterval(() => void this.webhooks.deliverDue(), DELIVERY_PAUSE).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.server.closeAllConnections();
    await new Promise<void>((closed) => {
      this.server.close(() => closed());
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const url = new URL(request.url ?? '/', this.origin);
    if (this.pages.isTheirs(url.pathname)) {
      this.pages.handle(request, url, body, response);
      return;
    }
    const passage = this.disturb(request, body, response);
    if (passage === 'answered') return;
    const answer = this.answer(request, url, body);
    if (passage === 'answer never comes') return;
    if (passage === 'answer lost') {
      response.destroy();
      return;
    }
    const { status, type, body: content } = answer;
    response.writeHead(status, { 'content-type': type });
    response.end(
      typeof content === 'object' && content !== null ? JSON.stringify(content) : content,
    );
  }

  /** What a call is answered; without a socket for who plays on virtual time. */
  answer(request: Pick<IncomingMessage, 'method' | 'headers'>, url: URL, body: string): Answer {
    const { method = 'GET', headers } = request;
    try {
      this.limits.requireNoBlock();
      if (url.pathname === '/oauth2/access_token') {
        if (method !== 'POST') throw problem(405, 'Method Not Allowed');
        return this.oauth.token(parsed(body));
      }
      requireApi(url.pathname);
      const { integration, userId } = this.oauth.callerOf(headers.authorization);
      this.limits.take(integration, this.options.now());
      this.calls += 1;
      const { account, shower, webhooks } = this;
      const { duplicateControl } = this;
      const { unknownIdStatus } = this.options;
      return answerTo(
        {
          ...{ account, shower, webhooks, url, method, userId, duplicateControl },
          body: body === '' ? undefined : parsed(body),
        },
        unknownIdStatus,
      );
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }
}

/** Throws 400 for what is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw notRows('The request body is no JSON.');
  }
}
