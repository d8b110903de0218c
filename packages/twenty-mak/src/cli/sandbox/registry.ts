import type { Sandbox } from './sandbox.ts';

/** Every system that can be tried out without an account there. Each is loaded only when it is started. */
export const SANDBOXES: readonly Sandbox[] = [
  {
    name: 'amocrm',
    title: 'amoCRM',
    port: 4010,
    start: async (port) => (await import('./amocrm.ts')).startAmocrm(port),
  },
  {
    name: 'keycrm',
    title: 'KeyCRM',
    port: 4011,
    start: async (port) => (await import('./keycrm.ts')).startKeyCrm(port),
  },
];
