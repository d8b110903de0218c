export { DEFAULT_LIMITS } from './limits.ts';
export type { Limit } from './limits.ts';
export { TwentySimulator } from './server.ts';
export type { Disturbance, Passage, Question, SimulatorOptions } from './server.ts';
