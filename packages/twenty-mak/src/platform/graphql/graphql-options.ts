import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ExecutionResult, GraphQLErrorOptions } from 'graphql';
import type { GraphqlContext } from '../auth/index.ts';
import { problemOf } from '../errors/index.ts';
import { unexpectedProblem } from '../errors/problem.filter.ts';
import { limitFields } from './query-limits.ts';

/** Deepest query that is answered; the tools that read a schema need fifteen levels, pages eight. */
const MAX_DEPTH = 15;

export const graphqlOptions: Omit<MercuriusDriverConfig, 'driver'> = {
  autoSchemaFile: true,
  sortSchema: true,
  graphiql: false,
  queryDepth: MAX_DEPTH,
  validationRules: [limitFields],
  context: (request: FastifyRequest, _reply: FastifyReply): GraphqlContext => ({ request }),
  subscription: {
    context: (_socket: unknown, request: FastifyRequest): GraphqlContext => ({ request }),
    onConnect: (message: { payload?: unknown }) => {
      message.payload = credentialsOf(message.payload);
      return true;
    },
  },
  errorFormatter: (execution) => ({ statusCode: 200, response: withoutSecrets(execution) }),
};

const HEADER_VALUE = /^[\x20-\x7e]{1,2000}$/;

/**
 * Browsers cannot set headers of a socket, so its first message may say what they would. Mercurius adds the members of
 * the payload to the request's headers, where these two are wanted and no other: above all no cookie and no origin.
 */
function credentialsOf(payload: unknown): Record<string, string> {
  const said: Record<string, unknown> =
    typeof payload === 'object' && payload !== null ? { ...payload } : {};
  const wanted = ['authorization', 'x-tenant'].flatMap((name) => {
    const value = said[name];
    return typeof value === 'string' && HEADER_VALUE.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(wanted);
}

/** The same codes and reasons as REST, under `extensions`; of a defect nothing is told. */
function withoutSecrets(execution: ExecutionResult): ExecutionResult {
  const errors = (execution.errors ?? []).flatMap((error) => {
    if (error.originalError === undefined || error.originalError === null) return error;
    const faults = faultsOf(error.originalError);
    if (faults.length > 0) return faults;
    const { title, ...problem } =
      problemOf(error.originalError) ?? unexpectedProblem(error.originalError);
    return new GraphQLError(title, {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      extensions: problem,
    });
  });
  return { data: execution.data ?? null, errors };
}

/** Most faults of one document that are told; a wrong one may have thousands. */
const MAX_FAULTS = 20;

/** What is wrong with a document, fault by fault; Mercurius gathers them under one error that says nothing. */
function faultsOf(error: Error): GraphQLError[] {
  const { errors } = error as { errors?: unknown };
  if (!Array.isArray(errors)) return [];
  return errors
    .filter((fault): fault is Error => fault instanceof Error)
    .slice(0, MAX_FAULTS)
    .map(
      (fault) =>
        new GraphQLError(fault.message, {
          ...(fault instanceof GraphQLError ? placeOf(fault) : {}),
          extensions: { code: 'invalid_query', type: 'urn:mak:problem:invalid_query', status: 400 },
        }),
    );
}

function placeOf({ nodes, source, positions }: GraphQLError): GraphQLErrorOptions {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null };
}
