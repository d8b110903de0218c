import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signInCall } from '../../../test/support/people.ts';

const ORIGIN = 'https://mak.example';
const TWENTY = 'https://crm.example.com';
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const SCRIPT = 'console.log("the application");'.repeat(100);

const folder = mkdtempSync(join(tmpdir(), 'mak-web-'));
let mak: TestApp;
let tenant: TestTenant;

/** As a browser sends it: fetch would decompress, and tidy the address up. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(mak.url);
      httpRequest({ hostname, port, path, method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
            body: Buffer.concat(chunks),
          }),
        );
      })
        .on('error', reject)
        .end();
    },
  );
}

const csp = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    (headers['content-security-policy'] ?? '')
      .split('; ')
      .map((part) => [part.split(' ', 1)[0] ?? '', part.slice(part.indexOf(' ') + 1)]),
  );

beforeAll(async () => {
  mak = await startApp({ env: { MAK_WEB_DIR: folder, PUBLIC_URL: ORIGIN } });
  delete process.env.MAK_WEB_DIR;
  delete process.env.PUBLIC_URL;
  tenant = await mak.createTenant({ twenty_url: TWENTY });
});
afterAll(async () => {
  await mak.close();
  rmSync(folder, { recursive: true });
});

describe('before the application has been built', () => {
  it('a page says so, and the API works', async () => {
    const { status, body, headers } = await get('/deals', HTML);
    expect(status).toBe(503);
    expect(body.toString()).toContain('has not been built');
    expect(csp(headers)['script-src']).toBe("'self'");
    expect((await mak.call('/v1/tenant', { key: tenant.apiKey })).status).toBe(200);
  });
});

describe('the web application', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>MaK</title>');
    writeFileSync(join(folder, 'sw.js'), 'self');
    writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
    writeFileSync(join(folder, 'assets/index-abc.js'), SCRIPT);
    writeFileSync(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(folder, 'assets/index-abc.js.gz'), gzipSync(SCRIPT));
  });

  it('is one page for every address that a person opens, never kept', async () => {
    for (const path of [
      '/',
      '/index.html',
      '/deals/4711',
      '/settings?tab=people',
      '/embed',
      '//x',
    ]) {
      const { status, headers, body } = await get(path, HTML);
      expect([path, status, body.toString()]).toEqual([
        path,
        200,
        '<!doctype html><title>MaK</title>',
      ]);
      expect(headers['content-type']).toContain('text/html');
      expect(headers['cache-control']).toBe('no-cache');
    }
    // The service worker keeps the page for times without a connection.
    expect((await get('/index.html', { accept: '*/*' })).status).toBe(200);
    const { headers } = await get('/', HTML);
    const again = await get('/', { ...HTML, 'if-none-match': headers.etag ?? '' });
    expect(again.status).toBe(304);
    expect((await get('/', HTML, 'HEAD')).body).toHaveLength(0);
  });

  it('has files that are kept for ever when their names change with their content', async () => {
    const plain = await get('/assets/index-abc.js');
    expect(plain.status).toBe(200);
    expect(plain.headers['cache-control']).toContain('immutable');
    expect(plain.headers['content-type']).toContain('javascript');
    for (const file of ['/sw.js', '/manifest.webmanifest']) {
      const { status, headers } = await get(file);
      expect([file, status, headers['cache-control']]).toEqual([file, 200, 'no-cache']);
    }
  });

  it('has files in the form that the browser takes', async () => {
    const brotli = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
    expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotli.headers['content-type']).toContain('javascript');
    expect(brotliDecompressSync(brotli.body).toString()).toBe(SCRIPT);
    const gzip = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
    expect((await get('/assets/index-abc.js')).body.toString()).toBe(SCRIPT);
  });

  it('is nothing for programs: what is not there is told as everywhere', async () => {
    for (const path of [
      '/v1/nothing',
      '/graphql/x',
      '/oauth/x',
      '/assets/gone.js',
      '/favicon.ico',
    ]) {
      const accept = path.startsWith('/v1') ? HTML : {};
      const { status, body, headers } = await get(path, accept);
      expect([path, status]).toEqual([path, 404]);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(JSON.parse(body.toString())).toMatchObject({ code: 'not_found' });
    }
    expect((await get('/deals', {}, 'POST')).status).toBe(404);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('gives no file outside of its folder', async () => {
    const paths = [
      '/../../etc/passwd',
      '/assets/../../x',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2fx',
      '//',
      '/%',
    ];
    for (const path of paths) {
      const { status, body } = await get(path);
      expect([path, [400, 404].includes(status)]).toEqual([path, true]);
      expect(body.toString()).not.toContain('root:');
    }
  });

  it('runs its own scripts only, and inside of no other page', async () => {
    const { headers } = await get('/deals', HTML);
    expect(csp(headers)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'connect-src': "'self' wss://mak.example",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
  });

  it('may be embedded at /embed by the twenty of the named tenant, and by nobody else', async () => {
    const bare = await mak.createTenant();
    const ancestors = async (path: string) =>
      csp((await get(path, HTML)).headers)['frame-ancestors'];
    expect(await ancestors(`/embed?tenant=${tenant.key}`)).toBe(TWENTY);
    expect(await ancestors(`/embed?tenant=${tenant.key}&tenant=x`)).toBe(TWENTY);
    for (const path of [
      `/deals?tenant=${tenant.key}`,
      `/embed/x?tenant=${tenant.key}`,
      `/embed?tenant=${bare.key}`,
      '/embed',
      '/embed?tenant=unknown',
      `/embed?tenant=${tenant.id}`,
      '/embed?tenant=%00',
      `/embed?tenant=${"a'--"}`,
    ])
      expect([path, await ancestors(path)]).toEqual([path, "'none'"]);
    // The twenty that people sign in from may, as long as they may.
    const api = 'https://api.crm.example.com';
    const set = (key: string, version: number, enabled: boolean) => {
      const id = '20202020-1c25-4d02-bf25-6aeccf7ea419';
      const ids = { workspace_id: id, application_id: id, newcomer_role: 'guest' };
      const body = { version, address: api, ...ids, enabled };
      return mak.call('/v1/twenty/workspace', { key, method: 'PUT', body });
    };
    await set(bare.apiKey, 0, true);
    expect(await ancestors(`/embed?tenant=${bare.key}`)).toBe(api);
    await set(bare.apiKey, 1, false);
    expect(await ancestors(`/embed?tenant=${bare.key}`)).toBe("'none'");
    await set(tenant.apiKey, 0, true);
    expect(await ancestors(`/embed?tenant=${tenant.key}`)).toBe(`${api} ${TWENTY}`);
  });
});

describe('a page of another origin', () => {
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    get(path, { origin: 'null', ...headers }, method);
  const preflight = (path: string) =>
    ask(
      path,
      {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
      'OPTIONS',
    );

  it('may call the API with a bearer token', async () => {
    for (const path of ['/v1/deals', '/graphql', '/v1/embed/sessions', '/v1/auth/sign-out']) {
      const { status, headers } = await preflight(path);
      expect([path, status]).toEqual([path, 204]);
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-allow-headers']).toContain('authorization');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
    const read = await ask('/v1/tenant', { authorization: `Bearer ${tenant.apiKey}` });
    expect(read.status).toBe(200);
    expect(read.headers['access-control-allow-origin']).toBe('*');
    const refused = await ask('/v1/tenant', { authorization: 'Bearer guessed' });
    expect(refused.status).toBe(401);
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    const asset = await ask('/assets/index-abc.js', {});
    expect(asset.headers['access-control-allow-origin']).toBe('*');
  });

  it('may not sign in, and gets no answer by anybody’s cookie', async () => {
    for (const path of [
      '/v1/auth/sign-in/email',
      '/v1/auth/get-session',
      '/v1/auth/two-factor/enable',
      '/oauth/token',
    ]) {
      const { headers } = await preflight(path);
      expect([path, headers['access-control-allow-origin']]).toEqual([path, undefined]);
    }
    const email = 'cookie@example.com';
    const own = await mak.createTenant({
      accounts: [{ email, name: 'C', role: 'employee', password: PASSWORD }],
    });
    const signedIn = await signInCall(mak, email, PASSWORD);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    expect((await get('/v1/tenant', { cookie })).status).toBe(200);
    expect((await get('/v1/tenant', { cookie, origin: ORIGIN })).status).toBe(200);
    for (const origin of ['null', TWENTY, 'https://mak.example.evil']) {
      for (const path of [
        '/v1/tenant',
        '/v1/me',
        '/v1/auth/get-session',
        '/graphql?query=%7Btenant%7Bkey%7D%7D',
      ]) {
        const { body } = await get(path, { cookie, origin });
        expect([origin, path, body.toString().includes('foreign_origin')]).toEqual([
          origin,
          path,
          true,
        ]);
        expect(body.toString()).not.toContain(own.key);
      }
    }
    const attempt = await mak.call('/v1/auth/sign-in/email', {
      body: { email, password: PASSWORD },
      headers: { origin: 'https://evil.example' },
    });
    expect(attempt).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    expect(attempt.headers.getSetCookie()).toEqual([]);
  });
});
