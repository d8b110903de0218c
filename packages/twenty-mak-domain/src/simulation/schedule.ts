import type { Instant } from '../basics/index.ts';

interface Task {
  readonly at: Instant;
  readonly order: number;
  readonly act: () => void;
}

/** Virtual time: it stands still while a task runs and jumps to the next one. Tasks of one moment keep their order. */
export class Schedule {
  now: Instant;
  /** Tasks that were run. */
  steps = 0;
  private readonly heap: Task[] = [];
  private order = 0;

  constructor(start: Instant) {
    this.now = start;
  }

  /** Runs `act` after `delay` milliseconds. */
  in(delay: number, act: () => void): void {
    this.at(this.now + delay, act);
  }

  at(at: Instant, act: () => void): void {
    this.order += 1;
    const { heap } = this;
    const task = { at, order: this.order, act };
    let index = heap.push(task) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(task, heap[parent] as Task)) break;
      heap[index] = heap[parent] as Task;
      index = parent;
    }
    heap[index] = task;
  }

  /** Runs tasks until none is left. */
  run(): void {
    for (let task = this.take(); task !== undefined; task = this.take()) {
      this.now = task.at;
      this.steps += 1;
      task.act();
    }
  }

  private take(): Task | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Task, heap[child] as Task))
        child += 1;
      if (!isBefore(heap[child] as Task, last)) break;
      heap[index] = heap[child] as Task;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(left: Task, right: Task): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}
