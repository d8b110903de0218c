import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TwentyIdentity } from '../../src/connectors/twenty/simulator/identity.ts';
import type { SimulatedUser, TokenClaims } from '../../src/connectors/twenty/simulator/identity.ts';

/** Answers in place of twenty, for what happens on the way. */
type Disturbance = (response: ServerResponse) => void;

export interface TestTwenty {
  /** Origin. */
  readonly address: string;
  readonly identity: TwentyIdentity;
  readonly workspaceId: string;
  /** Our application in that workspace. */
  readonly applicationId: string;
  /** How often it was asked. */
  asked: number;
  /** Set, it answers everything. */
  disturb: Disturbance | undefined;
  /** A token that a page of the application gets. */
  token(user: Pick<SimulatedUser, 'id'>, changes?: Partial<TokenClaims>): string;
  close(): Promise<void>;
}

/** A twenty as far as signing in goes, on a port of its own. */
export async function startTwenty(
  ids: Partial<Pick<TestTwenty, 'workspaceId' | 'applicationId'>> = {},
): Promise<TestTwenty> {
  const identity = new TwentyIdentity();
  const server = createServer((request, response) => {
    twenty.asked += 1;
    request.resume();
    request.on('end', () => {
      if (twenty.disturb !== undefined) return twenty.disturb(response);
      const known = request.method === 'POST' && request.url === '/metadata';
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(identity.whoIs(request.headers.authorization, Date.now())));
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { workspaceId = randomUUID(), applicationId = randomUUID() } = ids;
  const twenty: TestTwenty = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    identity,
    workspaceId,
    applicationId,
    asked: 0,
    disturb: undefined,
    token: (user, changes) =>
      identity.token(user, { workspaceId, applicationId, now: Date.now() }, changes),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => {
        server.close(() => closed());
      });
    },
  };
  return twenty;
}
