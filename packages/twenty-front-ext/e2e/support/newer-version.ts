import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ADDRESS } from './stack.ts';

interface Front {
  readonly address: string;
  /** From now on the service worker differs by a line, as it does after an update of the server. */
  readonly update: () => void;
  readonly close: () => void;
}

/** The same server under another address, whose application can become newer. Requests only, no sockets. */
export async function frontThatUpdates(): Promise<Front> {
  let newer = false;
  const server = createServer((request, response) => {
    void passOn(request, response, () => newer);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    update: () => {
      newer = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  isNewer: () => boolean,
): Promise<void> {
  const { host: _host, connection: _connection, upgrade, ...headers } = request.headers;
  if (upgrade !== undefined) {
    response.writeHead(426).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const method = request.method ?? 'GET';
  const answer = await fetch(`${ADDRESS}${request.url ?? '/'}`, {
    method,
    headers: {
      ...(headers as Record<string, string>),
      'accept-encoding': 'identity',
      origin: ADDRESS,
    },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) }),
  });
  for (const name of ['content-type', 'content-security-policy', 'cache-control']) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  const body = Buffer.from(await answer.arrayBuffer());
  const changed = request.url === '/sw.js' && isNewer();
  response.writeHead(answer.status);
  response.end(changed ? Buffer.concat([body, Buffer.from('\n// newer')]) : body);
}
