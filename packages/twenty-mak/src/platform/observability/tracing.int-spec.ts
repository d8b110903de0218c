import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import { startTracing, stopTracing } from './index.ts';

const received: Buffer[] = [];
const collector = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => received.push(chunk));
  request.on('end', () => response.writeHead(200).end());
});

afterAll(() => new Promise((done) => collector.close(done)));

it('sends the spans of a request and of the batch it became, in the trace of the caller', async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const { port } = collector.address() as AddressInfo;
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${port}`;
  await startTracing('mak-api', process.env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  const app = await startApp();
  const tenant = await app.createTenant();
  const trace = '0af7651916cd43dd8448eb211c80319c';
  await app.call('/v1/events', {
    key: tenant.apiKey,
    body: [
      {
        event_id: '1',
        type: 'crm.call',
        source: 'crm',
        occurred_at: '2026-03-01T09:00:00Z',
        external_refs: [{ system: 'crm', id: '1' }],
      },
    ],
    headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` },
  });
  const metrics = await app.call<string>('/metrics');
  expect(metrics.body).toContain(
    'mak_http_request_seconds_count{method="POST",route="/v1/events",status="200"} 1',
  );
  await app.close();
  await stopTracing();
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];

  const sent = Buffer.concat(received);
  for (const name of ['mak-api', 'POST /v1/events', 'events.batch'])
    expect(sent.includes(name)).toBe(true);
  expect(sent.includes(Buffer.from(trace, 'hex'))).toBe(true);
});
