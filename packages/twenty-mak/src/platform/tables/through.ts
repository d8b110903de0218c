import type { Transform } from 'node:stream';

/**
 * Drives a transform step by step: what it made of one chunk is given out before it sees the next, so that nothing
 * made before an error is lost, and nothing heaps up.
 */
export async function* through<Output>(
  transform: Transform,
  source: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Output[]> {
  let made: Output[] = [];
  let failure: { readonly error: Error } | undefined;
  let wake = (): void => undefined;
  const step = async (act: (done: () => void) => void): Promise<void> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (failure === undefined) act(resolve);
      else resolve();
    });
  };
  transform.on('data', (item: Output) => made.push(item));
  transform.once('error', (error) => {
    failure = { error };
    wake();
  });
  try {
    for await (const chunk of source) {
      await step((done) => transform.write(chunk, done));
      if (made.length > 0) yield made;
      made = [];
      if (failure !== undefined) throw failure.error;
    }
    await step((done) => transform.once('end', done).end());
    if (made.length > 0) yield made;
    if (failure !== undefined) throw failure.error;
  } finally {
    transform.destroy();
  }
}
