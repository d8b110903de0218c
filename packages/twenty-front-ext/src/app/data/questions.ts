import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { finalize } from 'rxjs';

/** Nothing waits longer for a slow answer, in milliseconds. */
const PATIENCE = 3_000;

/**
 * Counts what pages ask, and knows what is not answered yet. An answer that is on its way may be older than a change which
 * is heard of now.
 */
export class Questions {
  /** Questions so far. */
  asked = 0;
  private readonly open = new Set<Promise<void>>();

  readonly link = new ApolloLink((operation, forward) => {
    if (operation.operationType !== OperationTypeNode.QUERY) return forward(operation);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.asked += 1;
    this.open.add(promise);
    return forward(operation).pipe(
      finalize(() => {
        this.open.delete(promise);
        resolve();
      }),
    );
  });

  /** Resolves when everything that was asked before is answered. */
  async answered(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([Promise.all(this.open), late]);
  }
}
