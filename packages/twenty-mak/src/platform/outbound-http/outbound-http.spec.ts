import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Metrics } from '../observability/metrics.ts';
import { OutboundHttp } from './outbound-http.ts';

const server = createServer((request, response) => {
  response.writeHead(Number(request.url?.slice(1))).end();
});
let address: string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(
  () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
);

it('tells how other systems answered, and no part of their addresses', async () => {
  const metrics = new Metrics();
  const http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true }, metrics);
  const question = { headers: {}, body: '', timeout: 5_000 };
  for (const status of [200, 204, 302, 429, 404, 500])
    await http.ask({ ...question, system: 'outer', url: `${address}/${status}` });
  await http.ask({ ...question, system: 'outer', url: 'http://127.0.0.1:1/secret' });
  await http.post({ ...question, url: `${address}/200` });
  await http.onApplicationShutdown();
  const lines = (await metrics.registry.metrics()).split('\n');
  const counted = lines.filter((line) => line.startsWith('mak_outbound_request_seconds_count'));
  expect(counted.toSorted()).toEqual([
    'mak_outbound_request_seconds_count{system="other",outcome="ok"} 1',
    'mak_outbound_request_seconds_count{system="outer",outcome="failed"} 2',
    'mak_outbound_request_seconds_count{system="outer",outcome="ok"} 3',
    'mak_outbound_request_seconds_count{system="outer",outcome="rate_limited"} 1',
    'mak_outbound_request_seconds_count{system="outer",outcome="refused"} 1',
  ]);
  expect(lines.filter((line) => line.includes('secret'))).toEqual([]);
});
