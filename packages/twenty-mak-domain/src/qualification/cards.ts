/** Score cards that say how well a lead fits. */
export const QUALIFICATION_CARDS = ['bant', 'champ', 'icp'] as const;
export type QualificationCard = (typeof QUALIFICATION_CARDS)[number];

/** What each card asks, in the order in which people ask it. */
export const CARD_CRITERIA: Readonly<Record<QualificationCard, readonly string[]>> = {
  bant: ['budget', 'authority', 'need', 'timing'],
  champ: ['challenges', 'authority', 'money', 'prioritization'],
  icp: ['industry', 'size', 'activity', 'potential'],
};

/** How a tenant weighs a card. */
export interface CardSettings {
  /** Weight by criterion, 0 to 100; a criterion without weight is not asked. */
  readonly weights: Readonly<Record<string, number>>;
  /** The score that passes, 1 to 100. */
  readonly threshold: number;
}

/** All criteria count alike, and most of them have to hold. */
export const DEFAULT_CARDS: Readonly<Record<QualificationCard, CardSettings>> = {
  bant: { weights: { budget: 25, authority: 25, need: 25, timing: 25 }, threshold: 60 },
  champ: {
    weights: { challenges: 25, authority: 25, money: 25, prioritization: 25 },
    threshold: 60,
  },
  icp: { weights: { industry: 25, size: 25, activity: 25, potential: 25 }, threshold: 60 },
};
