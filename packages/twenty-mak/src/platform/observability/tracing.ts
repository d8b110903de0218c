import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';

const tracer = trace.getTracer('mak');

let running: { shutdown: () => Promise<void> } | undefined;

/**
 * Sends spans to the collector of OTEL_EXPORTER_OTLP_ENDPOINT; without that variable nothing is loaded and every span
 * is free. The other variables of OpenTelemetry (headers, sampling, resource attributes) work as its documentation says.
 */
export async function startTracing(service: string, endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined) return;
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const sdk = new NodeSDK({
    serviceName: service,
    traceExporter: new OTLPTraceExporter(),
    // Metrics are for Prometheus to fetch, logs go to the standard output.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  running = sdk;
}

/** Sends what is left. A collector that cannot be reached does not hold the process up. */
export async function stopTracing(): Promise<void> {
  const sdk = running;
  running = undefined;
  await sdk?.shutdown().catch(() => undefined);
}

/** Runs `work` inside of a span, which ends with it and tells its failure. */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.message : String(error),
      });
      throw error;
    } finally {
      span.end();
    }
  });
}
