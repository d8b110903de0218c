import type { CheckAnswer, CheckRequest } from './verify-draft.ts';

type Asked = CheckRequest extends infer Request
  ? Request extends CheckRequest
    ? Omit<Request, 'id'>
    : never
  : never;

/** Looks at definitions beside the page, so that typing never waits. */
export class Background {
  private readonly worker = new Worker(new URL('./check.worker.ts', import.meta.url), {
    type: 'module',
  });
  private readonly waiting = new Map<number, (answer: CheckAnswer) => void>();
  private last = 0;

  constructor() {
    this.worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    });
  }

  ask(request: Asked, answered: (answer: CheckAnswer) => void): () => void {
    this.last += 1;
    const id = this.last;
    this.waiting.set(id, answered);
    this.worker.postMessage({ ...request, id });
    return () => this.waiting.delete(id);
  }

  close(): void {
    this.waiting.clear();
    this.worker.terminate();
  }
}
