export { AmocrmSimulator } from './server.ts';
export type { AmocrmSimulatorOptions, Disturbance, Passage } from './server.ts';
export type { SimulatedAccount } from './account.ts';
