import { useCallback, useEffect, useState } from 'react';
import { ChangeQueue } from './change-queue.ts';
import type { Changed, Reader } from './change-queue.ts';

/** A queue of changes for a component: the reader is called while it is `ready`. Returns what adds a change. */
export function useChangeQueue(
  reader: Reader,
  ready: boolean,
): (changed: Changed) => Promise<void> {
  const [queue] = useState(() => new ChangeQueue());
  useEffect(() => {
    queue.readBy(reader);
  });
  useEffect(() => {
    queue.setReady(ready);
    return () => queue.setReady(false);
  }, [queue, ready]);
  return useCallback((changed) => queue.add(changed), [queue]);
}
