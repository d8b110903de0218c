import { GraphQLError } from 'graphql';

/** An error as twenty's API tells it: with status 200, and what kind it is in `extensions`. */
export function refusal(message: string, code: string, subCode?: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, ...(subCode === undefined ? {} : { subCode }) },
  });
}

export function badInput(message: string, subCode?: string): GraphQLError {
  return refusal(message, 'BAD_USER_INPUT', subCode);
}
