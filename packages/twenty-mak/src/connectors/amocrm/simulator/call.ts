import type { SimulatedAccount } from './account.ts';
import type { Answer } from './answers.ts';
import type { DuplicateControl } from './complex.ts';
import type { Shower } from './shown.ts';
import type { SimulatedWebhooks } from './webhooks.ts';

/** A call as a handler sees it, once it is known who asks. */
export interface Call {
  readonly account: SimulatedAccount;
  readonly shower: Shower;
  readonly webhooks: SimulatedWebhooks;
  readonly url: URL;
  readonly body: unknown;
  /** Author of what is written. */
  readonly userId: number;
  /** The number in the address, and that of the part under it; 0 where there is none. */
  readonly id: number;
  readonly subId: number;
  readonly duplicateControl: DuplicateControl;
  /** The answer for an id that is not there. */
  unknown(this: void): Answer;
}

export type Handler = (call: Call) => Answer;
/** `:id` and `:sub` are numbers. */
export type Route = readonly [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  handler: Handler,
];
