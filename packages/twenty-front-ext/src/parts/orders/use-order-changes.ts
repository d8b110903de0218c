import type { Changed, Reader } from '../../app/data/change-queue.ts';
import { useChangeQueue } from '../../app/data/use-change-queue.ts';
import { useSubscription } from '../../app/data/use-subscription.ts';
import { OrderChangesDocument } from '../../generated/graphql.ts';

/**
 * Calls the reader when orders have changed, whoever changed them, while the component is shown and `ready`. Returns what
 * tells it of a change of one's own.
 */
export function useOrderChanges(
  reader: Reader,
  ready: boolean,
): (changed: Changed) => Promise<void> {
  const add = useChangeQueue(reader, ready);
  useSubscription(
    OrderChangesDocument,
    {},
    {
      // What could not be read is read with the next change; the shell says that the connection is lost.
      heard: ({ orderChanges: { ids } }) =>
        // Without ids the server says that it listens from now on.
        void add(ids.length === 0 ? null : ids).catch(() => undefined),
    },
  );
  return add;
}
