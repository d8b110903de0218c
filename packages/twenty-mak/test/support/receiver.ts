import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  /** As it arrived, for the signature. */
  readonly text: string;
  readonly body: {
    readonly event_id: string;
    readonly type: string;
    readonly master_deal_id: string;
    readonly deal_version: number;
    /** In place of the deal's, when the event speaks of a lead or a lot. */
    readonly lead_id?: string;
    readonly lot_id?: string;
  };
}

/** Decides the answer: a status, or nothing at all, then the request hangs. */
export type Reaction = (webhook: ReceivedWebhook) => number | null;

export interface Receiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  react: Reaction;
  close(): Promise<void>;
}

/** A server that takes webhooks and answers as the test wants. */
export async function startReceiver(react: Reaction = () => 204): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const webhook = {
        headers: request.headers,
        text,
        body: JSON.parse(text) as ReceivedWebhook['body'],
      };
      received.push(webhook);
      const status = receiver.react(webhook);
      if (status !== null)
        response.writeHead(status, { location: '/elsewhere' }).end(status >= 400 ? 'no' : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    react,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
