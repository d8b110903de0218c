import { execute, GraphQLError, Kind, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { TwentyIdentity } from './identity.ts';
import { DEFAULT_LIMITS, TwentyLimits } from './limits.ts';
import type { Limit } from './limits.ts';
import { METADATA_SCHEMA, settingsRoot } from './metadata-schema.ts';
import { recordsRoot, recordsSchema } from './records-schema.ts';
import { refusal } from './refusals.ts';
import { SimulatedSignIn } from './sign-in.ts';
import { SimulatedWorkspace } from './workspace.ts';

export interface SimulatorOptions {
  readonly workspaceId?: string;
  readonly apiKey?: string;
  /** Those of twenty 2.21 unless told. */
  readonly limits?: readonly Limit[];
  /** Milliseconds; the real clock unless told. */
  readonly now?: () => number;
  /** Of records that are made without one; random unless told. */
  readonly newId?: () => string;
}

/**
 * What happens on the way of a call: it arrives; twenty does what it was told and its answer is lost, or never comes; or
 * something in between answered for twenty.
 */
export type Passage = 'arrives' | 'answer lost' | 'answer never comes' | 'answered';
/** `body` is what was asked. */
export type Disturbance = (body: string, response: ServerResponse) => Passage;

/** What is asked of one of the two interfaces. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A twenty of our own, over HTTP, as far as the contract suite describes it. */
export class TwentySimulator {
  readonly identity = new TwentyIdentity();
  readonly signIn = new SimulatedSignIn();
  readonly workspace: SimulatedWorkspace;
  readonly apiKey: string;
  readonly limits: TwentyLimits;
  disturb: Disturbance = () => 'arrives';
  private readonly now: () => number;
  private readonly schema: GraphQLSchema;
  private readonly server: Server;

  constructor({ workspaceId, apiKey, limits, now = Date.now, newId }: SimulatorOptions = {}) {
    this.now = now;
    this.workspace = new SimulatedWorkspace(workspaceId ?? randomUUID(), now, newId);
    this.apiKey = apiKey ?? randomUUID();
    this.limits = new TwentyLimits(limits ?? DEFAULT_LIMITS, now());
    this.schema = recordsSchema(this.workspace.objects);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  /** Gives the origin. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((listening) => {
      this.server.listen(port, '127.0.0.1', listening);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((closed) => {
      this.server.close(() => closed());
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const passage = this.disturb(body, response);
    if (passage === 'answered') return;
    const api = request.method === 'POST' ? request.url : undefined;
    if (api !== '/graphql' && api !== '/metadata') {
      response.writeHead(404).end();
      return;
    }
    const question = JSON.parse(body) as Question;
    const answer = await this.answer(api, request.headers.authorization, question);
    if (passage === 'answer never comes') return;
    if (passage === 'answer lost') {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  /** What is done is done before this returns, whoever waits for the answer. */
  answer(
    api: '/graphql' | '/metadata',
    authorization: string | undefined,
    question: Question,
  ): Promise<object> | object {
    return api === '/graphql'
      ? this.records(authorization, question)
      : this.settings(authorization, question);
  }

  private records(authorization: string | undefined, question: Question): Promise<object> | object {
    const userId = this.signIn.whose(authorization) ?? null;
    if (userId === null && authorization !== `Bearer ${this.apiKey}`) return unauthenticated();
    const root = recordsRoot(this.workspace, { userId }, () => this.limits.take(this.now()));
    return answerTo(this.schema, root, question);
  }

  private settings(
    authorization: string | undefined,
    question: Question,
  ): Promise<object> | object {
    if (authorization === `Bearer ${this.apiKey}`)
      return answerTo(METADATA_SCHEMA, settingsRoot(this.workspace), question);
    if (authorization === undefined) return answerTo(METADATA_SCHEMA, this.signIn.root, question);
    return this.identity.whoIs(authorization, this.now());
  }
}

function unauthenticated(): object {
  return shown([refusal('Token invalid.', 'UNAUTHENTICATED')]);
}

/** twenty looks at the operations that are asked for, and not at what is asked of their answers. */
async function answerTo(
  schema: GraphQLSchema,
  rootValue: object,
  { query, variables }: Question,
): Promise<object> {
  const document = parse(query);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation);
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind !== Kind.FIELD || root?.getFields()[selection.name.value] !== undefined)
        continue;
      const message = `Cannot query field "${selection.name.value}" on type "${root?.name}".`;
      return { errors: [{ message }] };
    }
  }
  const { data, errors } = await execute({
    schema,
    document,
    rootValue,
    ...(variables === undefined ? {} : { variableValues: variables }),
  });
  return errors === undefined ? { data } : { data, ...shown(errors) };
}

function shown(errors: readonly GraphQLError[]): object {
  return { errors: errors.map(({ message, extensions }) => ({ message, extensions })) };
}
