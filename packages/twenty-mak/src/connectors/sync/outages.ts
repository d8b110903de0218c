import type { RemoteRecords } from './ports.ts';
import type { SyncPlace } from './sync.doorbell.ts';

/** So many calls in a row without an answer are an outage. */
const OUTAGE = 3;
/** Between two tries during an outage, in milliseconds: doubled with each failure, and the longest. */
const PAUSE = 500;
const LONGEST_PAUSE = 5_000;

interface Failures {
  /** In a row. */
  readonly count: number;
  /** When it is asked again, on the monotonic clock. */
  readonly nextTry: number;
}

/** Which connectors do not answer, as this process sees it. */
export class Outages {
  private readonly failures = new Map<string, Failures>();

  failed(place: SyncPlace): void {
    const count = (this.failures.get(nameOf(place))?.count ?? 0) + 1;
    const pause =
      count < OUTAGE ? 0 : Math.min(PAUSE * 2 ** Math.min(count - OUTAGE, 10), LONGEST_PAUSE);
    this.failures.set(nameOf(place), { count, nextTry: performance.now() + pause });
  }

  answered(place: SyncPlace): void {
    this.failures.delete(nameOf(place));
  }

  isAway(place: SyncPlace): boolean {
    return (this.failures.get(nameOf(place))?.count ?? 0) >= OUTAGE;
  }

  mayTry(place: SyncPlace): boolean {
    return performance.now() >= (this.failures.get(nameOf(place))?.nextTry ?? 0);
  }
}

function nameOf({ tenantId, connector }: SyncPlace): string {
  return `${tenantId} ${connector}`;
}

/** The same records; `heard` is called whenever the other system has answered. The type sees to it that no question is forgotten. */
export function listened(
  records: RemoteRecords,
  heard: () => Promise<void>,
): Required<RemoteRecords> {
  const after = async <Answer>(answering: Promise<Answer>): Promise<Answer> => {
    const answer = await answering;
    await heard();
    return answer;
  };
  return {
    read: (...question) => after(records.read(...question)),
    find: (...question) => after(records.find(...question)),
    write: (...question) => after(records.write(...question)),
    changedSince: (...question) => after(records.changedSince(...question)),
    between: (...question) => records.between?.(...question) ?? [],
    unmet: (...question) => records.unmet?.(...question) ?? Promise.resolve(new Set<string>()),
    withheld: (...question) =>
      records.withheld?.(...question) ?? Promise.resolve(new Set<string>()),
  };
}
