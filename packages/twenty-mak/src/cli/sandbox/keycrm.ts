import { addExamples, editorOf, KeyCrmSimulator } from '../../connectors/keycrm/simulator/index.ts';
import type { RunningSandbox } from './sandbox.ts';

/** Rejects when the port is taken. */
export async function startKeyCrm(port: number): Promise<RunningSandbox> {
  const simulator = new KeyCrmSimulator();
  simulator.pages = editorOf(simulator);
  addExamples(simulator.account);
  const api = await simulator.listen(port);
  return {
    address: new URL(api).origin,
    access: { 'address of the API': api, 'API key': simulator.apiKey },
    close: () => simulator.close(),
  };
}
