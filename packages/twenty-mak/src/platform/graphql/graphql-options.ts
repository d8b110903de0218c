import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql';
import type { GraphqlContext } from '../auth/index.ts';
import { problemOf } from '../errors/index.ts';
import { unexpectedProblem } from '../errors/problem.filter.ts';

/** Deepest query that is answered; the schema's own pages need eight. */
const MAX_DEPTH = 12;

export const graphqlOptions: Omit<MercuriusDriverConfig, 'driver'> = {
  autoSchemaFile: true,
  sortSchema: true,
  graphiql: false,
  queryDepth: MAX_DEPTH,
  context: (request: FastifyRequest, _reply: FastifyReply): GraphqlContext => ({ request }),
  subscription: {
    context: (_socket: unknown, request: FastifyRequest): GraphqlContext => ({ request }),
  },
  errorFormatter: (execution) => ({ statusCode: 200, response: withoutSecrets(execution) }),
};

/** The same codes and reasons as REST, under `extensions`; of a defect nothing is told. */
function withoutSecrets(execution: ExecutionResult): ExecutionResult {
  const errors = (execution.errors ?? []).map((error) => {
    if (error.originalError === undefined || error.originalError === null) return error;
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
