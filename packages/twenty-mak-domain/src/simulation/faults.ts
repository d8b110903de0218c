/** How often something goes wrong, by occasion. After the story nothing does, so that all can come to rest. */
export const FAULTS = {
  requestLost: 0.05,
  requestRepeated: 0.1,
  answerLost: 0.05,
  crashBeforeCommit: 0.04,
  crashAfterCommit: 0.04,
  cutBeforeCommit: 0.02,
  cutAfterCommit: 0.02,
  relayCrash: 0.05,
} as const;

export type Fault = keyof typeof FAULTS;

export const NO_FAULTS = {
  requestLost: 0,
  requestRepeated: 0,
  answerLost: 0,
  crashBeforeCommit: 0,
  crashAfterCommit: 0,
  cutBeforeCommit: 0,
  cutAfterCommit: 0,
  relayCrash: 0,
} satisfies Record<Fault, number>;
