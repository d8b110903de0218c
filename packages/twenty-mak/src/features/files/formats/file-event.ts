import type { ExternalRef, Instant, JsonObject, Refusal } from 'twenty-mak-domain';

/** An event as `POST /v1/events` takes it. */
export interface EventEnvelope {
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
  readonly occurred_at: string;
  readonly external_refs: readonly ExternalRef[];
  readonly data: JsonObject;
}

/** One event of a file. */
export interface FileEvent {
  /** Line of the file; for XES the number of the event. Begins at 1. */
  readonly place: number;
  /** What is sent: an `EventEnvelope`, or a line of the file that claims to be one. */
  readonly body: unknown;
  /** Null when the line does not tell a time; the server says then what is wrong with it. */
  readonly occurredAt: Instant | null;
  /** Events of one group belong together; readers keep them in the order of the file. */
  readonly group: string;
}

/** One event of a file that cannot be sent. */
export interface FileProblem {
  readonly place: number;
  readonly refusal: Refusal;
}

export type FileItem = FileEvent | FileProblem;

export function isProblem(item: FileItem): item is FileProblem {
  return 'refusal' in item;
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** `<case>/<index in the case>`: the index keeps the order of the file among equal times. */
export function eventIdOf(caseId: string, index: number): string {
  const plain = PRINTABLE_ASCII.test(caseId) ? caseId : encodeURIComponent(caseId);
  return `${plain}/${String(index).padStart(6, '0')}`;
}
