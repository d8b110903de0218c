import { SingleBar } from 'cli-progress';

/** Shows how much is sent, and how fast. */
export interface Progress {
  /** `share` of the file that was read, 0 to 1. */
  update(events: number, share: number): void;
  stop(): void;
}

export function progressBar(): Progress {
  const bar = new SingleBar({
    format: '{bar} {percentage}%  {events} events  {rate} events/s',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 2_000,
    clearOnComplete: false,
    hideCursor: true,
  });
  const begin = performance.now();
  const payload = (events: number): object => ({
    events,
    rate: Math.round((events * 1_000) / Math.max(performance.now() - begin, 1)),
  });
  bar.start(1_000, 0, payload(0));
  let last = 0;
  return {
    update: (events, share) => {
      last = events;
      bar.update(Math.floor(Math.min(share, 1) * 1_000), payload(events));
    },
    stop: () => {
      bar.update(1_000, payload(last));
      bar.stop();
    },
  };
}

export const silent: Progress = { update: () => undefined, stop: () => undefined };
