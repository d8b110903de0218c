import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TwentyIdentity } from '../../../twenty-mak/src/connectors/twenty/simulator/identity.ts';
import type { SimulatedUser } from '../../../twenty-mak/src/connectors/twenty/simulator/identity.ts';
import { ADDRESS } from './stack.ts';

export interface HostTwenty {
  /** Origin of its pages and of its API. */
  readonly address: string;
  readonly workspaceId: string;
  readonly applicationId: string;
  addUser(user?: Partial<SimulatedUser>): SimulatedUser;
  token(user: SimulatedUser): string;
  /** Address of a page that signs this user in to a tenant and adds `rest` to what its frame is told. */
  page(tenant: string, user: SimulatedUser, rest?: string): string;
  close(): void;
}

/**
 * A twenty whose pages hold ours as twenty does it: a component without an origin asks for the code, the page around it
 * renders the sandboxed frame.
 */
export async function startTwenty(): Promise<HostTwenty> {
  const identity = new TwentyIdentity();
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/metadata') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(identity.whoIs(request.headers.authorization, Date.now())));
      return;
    }
    const asked = new URL(request.url ?? '/', 'http://host').searchParams;
    response.setHeader('content-type', 'text/html');
    response.end(
      pageOf(asked.get('tenant') ?? '', asked.get('token') ?? '', asked.get('rest') ?? ''),
    );
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const where = { workspaceId: randomUUID(), applicationId: randomUUID() };
  const token = (user: SimulatedUser): string =>
    identity.token(user, { ...where, now: Date.now() });
  return {
    address,
    ...where,
    addUser: (user) => identity.addUser(where.workspaceId, user),
    token,
    page: (tenant, user, rest = '') =>
      `${address}/?${new URLSearchParams({ tenant, token: token(user), rest }).toString()}`,
    close: () => server.close(),
  };
}

function pageOf(tenant: string, token: string, rest: string): string {
  const component = `<script>
    fetch('${ADDRESS}/v1/twenty/${tenant}/session', { method: 'POST', headers: { authorization: 'Bearer ${token}' } })
      .then((answer) => answer.json())
      .then((body) => parent.postMessage({ origin: self.origin, body }, '*'));
  </script>`;
  return `<!doctype html><html lang="en"><title>Host</title><body><p role="status"></p>
    <script>
      addEventListener('message', ({ data }) => {
        if (!data.body) return;
        document.querySelector('p').textContent = data.body.title ?? 'asked by ' + data.origin;
        if (!data.body.embed_url) return;
        const frame = document.createElement('iframe');
        frame.title = 'MaK';
        frame.id = 'mak';
        frame.style = 'width:100%;height:700px;border:0';
        frame.sandbox = 'allow-scripts allow-forms allow-popups';
        frame.src = data.body.embed_url + ${JSON.stringify(rest)};
        document.body.append(frame);
      });
    </script>
    <iframe title="Component" hidden sandbox="allow-scripts" srcdoc="${component.replaceAll('"', '&quot;')}"></iframe>`;
}
