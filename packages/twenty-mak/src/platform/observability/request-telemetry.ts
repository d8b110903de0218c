import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

const tracer = trace.getTracer('mak');

/** Counts and times every request by its route, and opens a span for it that continues the trace of the caller. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const durations = metrics.histogram(
    'mak_http_request_seconds',
    'Time from the first byte of a request to the last of its answer',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    ['method', 'route', 'status'],
  );
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const caller = propagation.extract(context.active(), request.headers);
    const name = `${request.method} ${routeOf(request)}`;
    const span = tracer.startSpan(
      name,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': request.method, 'http.route': routeOf(request) },
      },
      caller,
    );
    spans.set(request, span);
    context.with(trace.setSpan(caller, span), done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const status = String(reply.statusCode);
    durations.observe(
      { method: request.method, route: routeOf(request), status },
      reply.elapsedTime / 1_000,
    );
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

/** The pattern of the route, never the address itself: ids in labels would make a series each. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}
