import { embedded } from '../embed/embedded.ts';

/** What one tab tells the others, which share its cookie. */
type Word = 'signed-in' | 'signed-out';

// An embedded page shares nothing with anybody.
const channel = embedded ? null : new BroadcastChannel('mak.session');

export function tellOtherTabs(word: Word): void {
  channel?.postMessage(word);
}

export function listenToOtherTabs(listener: (word: Word) => void): () => void {
  const hear = ({ data }: MessageEvent<Word>): void => listener(data);
  channel?.addEventListener('message', hear);
  return () => channel?.removeEventListener('message', hear);
}
