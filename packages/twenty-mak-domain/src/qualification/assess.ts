import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import { CARD_CRITERIA } from './cards.ts';
import type { CardSettings, QualificationCard } from './cards.ts';

/** How far a criterion holds. */
export const GRADES = { no: 0, partly: 1, yes: 2 } as const;
const BEST = GRADES.yes;

/** Grade by criterion; what is not answered counts as no. */
export type Answers = Readonly<Record<string, number>>;

export interface Assessment {
  /** 0 to 100, rounded down, so that a score that passes really reaches the threshold. */
  readonly score: number;
  readonly passed: boolean;
  /** Criteria with a weight that nobody has answered, in the order of the card. */
  readonly missing: readonly string[];
}

/** What answers come to. Refuses with `unknown_criterion` or `grade_invalid`. */
export function assess(
  card: QualificationCard,
  { weights, threshold }: CardSettings,
  answers: Answers,
): Decision<Assessment> {
  const criteria = CARD_CRITERIA[card];
  for (const [criterion, grade] of Object.entries(answers)) {
    if (!criteria.includes(criterion)) return unknownCriterion(card, criterion, 'answers');
    if (!(Number.isInteger(grade) && grade >= 0 && grade <= BEST)) {
      return refuse(
        'grade_invalid',
        'A grade is 0 (no), 1 (partly) or 2 (yes).',
        `answers.${criterion}`,
      );
    }
  }
  const weightOf = (criterion: string): number => weights[criterion] ?? 0;
  const reached = sum(criteria.map((criterion) => weightOf(criterion) * (answers[criterion] ?? 0)));
  const possible = sum(criteria.map(weightOf)) * BEST;
  const score = possible === 0 ? 0 : Math.floor((reached * 100) / possible);
  return accept({
    score,
    passed: score >= threshold,
    missing: criteria.filter(
      (criterion) => weightOf(criterion) > 0 && answers[criterion] === undefined,
    ),
  });
}

/** Checks settings of a tenant. Refuses with `unknown_criterion`, `weight_invalid`, `weights_empty` or `threshold_invalid`. */
export function checkCard(card: QualificationCard, settings: CardSettings): Decision<CardSettings> {
  const { weights, threshold } = settings;
  for (const [criterion, weight] of Object.entries(weights)) {
    if (!CARD_CRITERIA[card].includes(criterion))
      return unknownCriterion(card, criterion, 'weights');
    if (!(Number.isInteger(weight) && weight >= 0 && weight <= 100)) {
      return refuse(
        'weight_invalid',
        'A weight is a whole number from 0 to 100.',
        `weights.${criterion}`,
      );
    }
  }
  if (sum(Object.values(weights)) === 0)
    return refuse('weights_empty', 'At least one criterion needs a weight.', 'weights');
  if (!(Number.isInteger(threshold) && threshold >= 1 && threshold <= 100)) {
    return refuse(
      'threshold_invalid',
      'The threshold is a whole number from 1 to 100.',
      'threshold',
    );
  }
  return accept(settings);
}

/**
 * What the world is told when a card of a deal is answered: a deal is qualified while at least one card passes.
 * Null when that stays as it was.
 */
export function qualificationChange(
  before: readonly boolean[],
  after: readonly boolean[],
): 'qualified' | 'disqualified' | null {
  const [was, is] = [before.includes(true), after.includes(true)];
  if (was === is) return null;
  return is ? 'qualified' : 'disqualified';
}

function unknownCriterion(
  card: QualificationCard,
  criterion: string,
  field: string,
): Decision<never> {
  return refuse(
    'unknown_criterion',
    `The card \`${card}\` has ${CARD_CRITERIA[card].join(', ')}.`,
    `${field}.${criterion}`,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
