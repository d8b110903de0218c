import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext, Page } from '@playwright/test';
import { ADDRESS } from './support/stack.ts';
import { expect, PEOPLE, signInAs, test } from './support/journey.ts';

/** A page of twenty, on a server of its own, that embeds ours without an origin. */
let twenty: Server;
let content = '';
let address = '';

test.beforeAll(async () => {
  twenty = createServer((_request, answer) =>
    answer.writeHead(200, { 'content-type': 'text/html' }).end(content),
  );
  await new Promise<void>((resolve) => twenty.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(twenty.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
  twenty.closeAllConnections();
  await new Promise((resolve) => twenty.close(resolve));
});

const own = { origin: new URL(ADDRESS).origin };

/** What an admin does in the settings: names the twenty that may embed us, or nobody. */
async function allow(request: APIRequestContext, twentyUrl: string | null): Promise<void> {
  await request.post(`${ADDRESS}/v1/auth/sign-in/email`, {
    data: { email: PEOPLE.admin, password: 'demo-password' },
    headers: own,
  });
  const tenant = (await (await request.get(`${ADDRESS}/v1/tenant`)).json()) as { version: number };
  const edited = await request.patch(`${ADDRESS}/v1/tenant`, {
    data: { version: tenant.version, twenty_url: twentyUrl },
    headers: own,
  });
  expect(edited.status(), await edited.text()).toBe(200);
}

/** A code of the person who is signed in on the stand-alone page. */
async function codeOf(page: Page): Promise<string> {
  const answer = await page.request.post('/v1/embed/codes', { data: {}, headers: own });
  return ((await answer.json()) as { code: string }).code;
}

async function openInTwenty(page: Page, code: string): Promise<void> {
  const source = `${ADDRESS}/embed?tenant=demo#code=${code}&path=/board&lang=en`;
  content = `<!doctype html><title>twenty</title>
    <iframe title="MaK" sandbox="allow-scripts allow-forms" width="1200" height="700" src="${source}"></iframe>`;
  await page.goto(address);
}

test.describe('embedded in twenty', () => {
  test.describe.configure({ mode: 'serial' });
  test.use({ expectedErrors: [/frame-ancestors|status of 401/] });

  test('the board works without an origin, a cookie and storage', async ({ page, playwright }) => {
    await allow(await playwright.request.newContext(), address);
    await signInAs(page, 'sales');
    const code = await codeOf(page);
    await page.context().clearCookies();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await openInTwenty(page, code);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { name: 'Advertising sales' }).first()).toBeVisible();
    const inside = page.frames().find((one) => one.url().includes('/embed'));
    expect(await inside?.evaluate(() => self.origin)).toBe('null');
    expect(inside?.url()).not.toContain(code);
    expect(await page.context().cookies()).toEqual([]);
    await expect.poll(() => sockets.length).toBeGreaterThan(0);

    // The code was used up: opened again with the same one, the page says so.
    await page.goto('about:blank');
    await openInTwenty(page, code);
    await expect(frame.getByRole('alert')).toBeVisible();
    await expect(frame.getByRole('heading', { name: 'Advertising sales' })).toHaveCount(0);
  });

  test('the browser shows it in no other page', async ({ page, playwright }) => {
    await allow(await playwright.request.newContext(), 'https://crm.example.com');
    await signInAs(page, 'sales');
    await openInTwenty(page, await codeOf(page));
    await expect
      .poll(() => page.frames().map((one) => one.url()))
      .toContain('chrome-error://chromewebdata/');
    await allow(await playwright.request.newContext(), null);
  });
});
