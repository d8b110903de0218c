import { isProblem } from './file-event.ts';
import type { EventEnvelope, FileItem, FileProblem } from './file-event.ts';
import { readEvents } from './read-events.ts';
import type { ReadOptions } from './read-events.ts';

export interface Reading {
  readonly events: EventEnvelope[];
  readonly problems: FileProblem[];
  /** What ended the reading before the end of the file. */
  readonly error: unknown;
}

/** Everything that a file gives, also when its end cannot be read. `size` is the length of the chunks that arrive. */
export async function readAll(
  content: string | Uint8Array,
  options: ReadOptions = {},
  size = 64 * 1024,
): Promise<Reading> {
  const items: FileItem[] = [];
  let error: unknown;
  try {
    for await (const some of readEvents(inChunks(Buffer.from(content), size), options))
      items.push(...some);
  } catch (thrown) {
    error = thrown;
  }
  return {
    events: items.flatMap((item) => (isProblem(item) ? [] : [item.body as EventEnvelope])),
    problems: items.filter(isProblem),
    error,
  };
}

export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export interface SampleEvent {
  readonly type: string;
  readonly time: string;
  readonly lifecycle?: string;
}

/** A log in XES with one trace a case. */
export function sampleXes(cases: Readonly<Record<string, readonly SampleEvent[]>>): string {
  const traces = Object.entries(cases).map(([id, events]) => {
    const inner = events.map(
      ({ type, time, lifecycle = 'COMPLETE' }) =>
        `<event><string key="concept:name" value="${type}"/><string key="lifecycle:transition" value="${lifecycle}"/><date key="time:timestamp" value="${time}"/></event>`,
    );
    return `<trace><string key="concept:name" value="${id}"/><string key="AMOUNT_REQ" value="5000"/>${inner.join('\n')}</trace>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n${traces.join('\n')}\n</log>\n`;
}
