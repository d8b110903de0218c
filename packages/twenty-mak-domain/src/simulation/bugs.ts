/** Mistakes that can be planted to show that the simulation finds them. */
export const BUGS = {
  'no-deduplication': 'the store does not look whether it knows an event',
  'no-writer-lock': 'two transactions of one tenant run at the same time',
  'late-is-ignored': 'a late event is folded on top instead of folding the deal again',
  'orphans-forgotten': 'orphans stay behind when their deal is made',
  'acknowledged-before-commit': 'the answer leaves before the commit',
  'breach-not-marked': 'the sweeper does not mark a run as published',
  'breach-never-retracted': 'a late event does not take a breach back',
  'outbox-read-ahead': 'the relay reads past transactions that still run',
  'cursor-before-delivery': 'the relay moves its cursor before it delivers',
  'announced-from-memory': 'the stage last told is not stored with the deal',
} as const;

export type Bug = keyof typeof BUGS;
