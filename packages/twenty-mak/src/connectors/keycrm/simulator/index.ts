export { addExamples } from './examples.ts';
export { KeyCrmLimits } from './limits.ts';
export type { Limit } from './limits.ts';
export { editorOf } from './pages/index.ts';
export { KeyCrmSimulator } from './server.ts';
export type { Call, Disturbance, Passage, SimulatorOptions } from './server.ts';
export type { Delivery, Fate, StockHook, Trigger, WebhookOptions } from './webhooks.ts';
