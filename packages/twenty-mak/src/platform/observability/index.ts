export { Metrics } from './metrics.ts';
export { ObservabilityModule } from './observability.module.ts';
