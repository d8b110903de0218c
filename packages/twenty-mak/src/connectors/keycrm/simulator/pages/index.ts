import { Refusal } from '../refusals.ts';
import type { KeyCrmSimulator, Pages } from '../server.ts';
import { applyEdit } from './edits.ts';
import { frame, styleSheet, table } from './frame.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import {
  buyerPage,
  buyersPage,
  cardsPage,
  goodsPage,
  messagesPage,
  orderPage,
  ordersPage,
} from './views.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** Pages in which people edit what the simulator holds. They have no script. */
export function editorOf(simulator: KeyCrmSimulator): Pages {
  return (request, response, body) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!isFromHere(request.headers.host, request.headers.origin)) {
      response.writeHead(403).end('Open this page by the address of this machine.');
      return;
    }
    if (pathname === '/style.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(styleSheet);
      return;
    }
    const isEdit = request.method === 'POST';
    try {
      if (isEdit) {
        const to = applyEdit(simulator.account, pathname, new URLSearchParams(body));
        response.writeHead(303, { location: to }).end();
        return;
      }
      response.writeHead(200, HEADERS).end(pageAt(simulator, pathname));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const back = html`<p>
        <a href="${request.headers.referer ?? '/'}">Back to what you were doing</a>
      </p>`;
      response
        .writeHead(error.status, HEADERS)
        .end(frame('That was refused', '', wordsOf(error), back));
    }
  };
}

function pageAt(simulator: KeyCrmSimulator, path: string): string {
  const { account } = simulator;
  const id = Number(/^\/(?:orders|buyers)\/(\d+)$/.exec(path)?.[1]);
  if (path.startsWith('/orders/'))
    return frame(`Order ${id}`, '/', undefined, orderPage(account, account.orders.rows.get(id)));
  if (path.startsWith('/buyers/'))
    return frame(`Buyer ${id}`, '/buyers', undefined, buyerPage(account, id));
  const lists: Readonly<Record<string, readonly [string, () => Html]>> = {
    '/': ['Orders', () => ordersPage(account)],
    '/buyers': ['Buyers', () => buyersPage(account)],
    '/goods': ['Goods', () => goodsPage(account)],
    '/cards': ['Cards', () => cardsPage(account)],
    '/messages': ['Messages', () => messagesPage(account)],
    '/calls': ['Calls', () => callsPage(simulator)],
  };
  const [title, show] = lists[path] ?? [];
  if (title === undefined || show === undefined)
    throw new Refusal(404, { message: 'There is no such page.' });
  return frame(title, path, undefined, show());
}

function callsPage({ calls, limits }: KeyCrmSimulator): Html {
  const rows = calls.map(
    ({ call, status }) =>
      html`<tr>
        <td>${status}</td>
        <td><pre>${call}</pre></td>
      </tr>`,
  );
  return html`<p>${limits.taken} calls were taken, ${limits.rejected} were too many.</p>
    ${table('The newest calls of the API', ['Status', 'Call'], rows)}`;
}

function wordsOf({ body }: Refusal): string {
  const { message, errors } = body as { message?: string; errors?: Record<string, string[]> };
  return [message, ...Object.values(errors ?? {}).flat()].join(' ');
}

/** Not a page of somewhere else that posts here, nor a name of somebody else that leads here. */
function isFromHere(host: string | undefined, origin: string | undefined): boolean {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '')) return false;
  return origin === undefined || origin === `http://${host}`;
}
