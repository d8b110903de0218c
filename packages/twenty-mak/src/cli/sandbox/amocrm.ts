import { AmocrmSimulator } from '../../connectors/amocrm/simulator/index.ts';
import type { RunningSandbox } from './sandbox.ts';

/** Rejects when the port is taken. */
export async function startAmocrm(port: number): Promise<RunningSandbox> {
  const simulator = new AmocrmSimulator();
  simulator.fillWithExamples();
  const address = await simulator.listen(port);
  simulator.deliverByItself();
  const { clientId, clientSecret, redirectUri } = simulator.oauth.integration;
  return {
    address,
    access: {
      'long-lived token': simulator.oauth.longLived(),
      'integration id': clientId,
      'secret key': clientSecret,
      'redirect address': redirectUri,
      'consent page': `${address}/oauth?client_id=${clientId}&state=any`,
    },
    close: () => simulator.close(),
  };
}
