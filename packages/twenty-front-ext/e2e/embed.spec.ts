import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from '@playwright/test';
import type { APIRequestContext, FrameLocator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/journey.ts';
import { signInBy } from './support/sign-in.ts';
import { foundTenant } from './support/newcomers.ts';
import { ADDRESS } from './support/stack.ts';

/** A page of another origin, as twenty is, with our page in a sandbox that takes away its origin. */
let host: Server;
let hostAddress: string;
let tenant: Awaited<ReturnType<typeof foundTenant>>;
let sales: APIRequestContext;

test.beforeAll(async () => {
  host = createServer((request, response) => {
    const source = new URL(request.url ?? '/', 'http://host').searchParams.get('src') ?? '';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Host</title><body>
      <iframe title="MaK" style="width:100%;height:700px;border:0" sandbox="allow-scripts allow-forms"
        src="${source.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>
      <script>addEventListener('message', ({ data }) => { (window.heard ??= []).push(data); });</script>`);
  });
  await new Promise<void>((listening) => {
    host.listen(0, '127.0.0.1', listening);
  });
  hostAddress = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;

  tenant = await foundTenant({ twenty_url: hostAddress });
  sales = await request.newContext({ baseURL: ADDRESS });
  await signInBy(sales, tenant.employee);
});

test.afterAll(async () => {
  await sales.dispose();
  host.close();
});

/** A one-time code of the salesperson, who is signed in elsewhere: this browser has no cookie of ours. */
async function newCode(): Promise<string> {
  const answer = await sales.post('/v1/embed/codes', { data: {}, headers: { origin: ADDRESS } });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { code: string }).code;
}

async function open(page: Page, fragment: string, key = tenant.key): Promise<FrameLocator> {
  const source = `${ADDRESS}/embed?tenant=${key}#${fragment}`;
  await page.goto(`${hostAddress}/?src=${encodeURIComponent(source)}`);
  return page.frameLocator('iframe');
}

/** The host gives the open page another code. */
async function give(page: Page, code: string): Promise<void> {
  await page.evaluate((fragment) => {
    const iframe = document.querySelector('iframe');
    if (iframe !== null) iframe.src = iframe.src.replace(/#.*/, fragment);
  }, `#code=${code}`);
}

test('a page of twenty shows the board in a sandbox, with a session in memory only', async ({
  page,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    const { cookie, authorization } = request.headers();
    if (cookie !== undefined) sent.push(`cookie to ${request.url()}`);
    if (new URL(request.url()).pathname === '/graphql')
      sent.push(String(authorization).slice(0, 7));
  });
  const received: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => received.push(String(payload)));
  });
  const code = await newCode();
  const frame = await open(page, `code=${code}&path=/board&theme=dark&lang=uk`);
  await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(frame.locator('html')).toHaveAttribute('lang', 'uk');
  await expect(frame.locator('html')).toHaveCSS('color-scheme', 'dark');

  const inside = page.frames()[1];
  if (inside === undefined) throw new Error('no frame');
  expect(await inside.evaluate(() => self.origin)).toBe('null');
  expect(inside.url()).toBe(`${ADDRESS}/embed?tenant=${tenant.key}`);
  expect(await page.context().cookies()).toEqual([]);
  expect(new Set(sent)).toEqual(new Set(['Bearer ']));
  await expect.poll(() => received.join(' ')).toContain('connection_ack');
});

/** Ends the embedded sessions of the salesperson, as signing out elsewhere does. */
async function endSessions(): Promise<void> {
  const { items } = (await (await sales.get('/v1/embed/sessions')).json()) as {
    items: { id: string }[];
  };
  for (const { id } of items) {
    const ended = await sales.delete(`/v1/embed/sessions/${id}`, { headers: { origin: ADDRESS } });
    expect(ended.ok(), await ended.text()).toBe(true);
  }
}

async function newDeal(): Promise<string> {
  const answer = await sales.post('/v1/events', {
    headers: { origin: ADDRESS },
    data: {
      events: [
        {
          event_id: randomUUID(),
          type: 'crm.deal.created',
          version: 1,
          source: 'journeys',
          occurred_at: new Date(Date.now() - 1_000).toISOString(),
          external_refs: [{ system: 'journeys', id: randomUUID() }],
          data: { name: 'In the middle' },
        },
      ],
    },
  });
  const { results } = (await answer.json()) as { results: { master_deal_id: string }[] };
  return results[0]?.master_deal_id ?? '';
}

test.describe('refused', () => {
  test.use({ expectedErrors: [/401|frame-ancestors/] });

  test('a session that ends in the middle loses nothing that was typed; a new code goes on', async ({
    page,
  }) => {
    const frame = await open(page, `code=${await newCode()}&path=/deals/${await newDeal()}`);
    const note = frame.getByRole('textbox', { name: 'Note' });
    await note.fill('Half a thought');
    await endSessions();
    await frame.getByRole('button', { name: 'Add note' }).click();
    const dialog = frame.getByRole('dialog', { name: 'Your session has ended' });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    const heard = (): Promise<unknown> =>
      page.evaluate(() => (window as { heard?: unknown }).heard);
    await expect.poll(heard).toEqual([{ type: 'mak.code-needed' }]);
    await dialog.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(heard).toHaveLength(2);
    // What was typed can be looked at and copied, although nobody answers.
    await dialog.getByRole('button', { name: 'Show the page' }).click();
    await expect(note).toHaveValue('Half a thought');
    const lost = frame.getByText('The connection is lost.');
    await expect(lost).toBeVisible();

    await give(page, await newCode());
    await expect(dialog).toBeHidden();
    await expect(lost).toBeHidden();
    await expect(note).toHaveValue('Half a thought');
    await frame.getByRole('button', { name: 'Add note' }).click();
    await expect(note).toHaveValue('');
    await expect(
      frame.getByRole('region', { name: 'Timeline' }).getByText('Half a thought').first(),
    ).toBeVisible();
  });

  test('a code works once; then the page says what to do, and asks its host', async ({ page }) => {
    const code = await newCode();
    const frame = await open(page, `code=${code}`);
    await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();

    const again = await open(page, `code=${code}`);
    await expect(again.getByRole('alert')).toContainText('This page could not be opened');
    await again.getByRole('button', { name: 'Ask again' }).click();
    await expect
      .poll(() => page.evaluate(() => (window as { heard?: unknown }).heard))
      .toEqual([{ type: 'mak.code-needed' }]);

    // The host answers with another fragment, without loading the page again.
    await give(page, await newCode());
    await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('without a code, and with a wrong one, nothing is shown', async ({ page }) => {
    for (const fragment of ['', 'code=wrong']) {
      const frame = await open(page, fragment);
      await expect(frame.getByRole('alert')).toContainText('This page could not be opened');
    }
    await expectAccessible(page);
  });

  test('no other page may embed it', async ({ page }) => {
    const other = await foundTenant();
    await open(page, `code=${await newCode()}`, other.key);
    await expect
      .poll(() => page.frames().map((frame) => frame.url()))
      .toContain('chrome-error://chromewebdata/');
  });
});
