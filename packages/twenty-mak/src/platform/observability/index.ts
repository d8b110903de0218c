export { Metrics } from './metrics.ts';
export { ObservabilityModule } from './observability.module.ts';
export { observeRequests } from './request-telemetry.ts';
export { inSpan, startTracing, stopTracing } from './tracing.ts';
