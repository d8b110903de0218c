import { useSyncExternalStore } from 'react';

function listen(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Whether the device has a network at all; it knows sooner than an open socket does. */
export function useOnline(): boolean {
  return useSyncExternalStore(listen, () => navigator.onLine);
}
