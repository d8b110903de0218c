import { CARD_CRITERIA, formatInstant, QUALIFICATION_CARDS } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion } from '../../platform/validation/index.ts';
import type { CardRow, QualificationRow } from './qualification.repository.ts';

export const cardField = z.enum(QUALIFICATION_CARDS);

export const editCardBody = z.strictObject({
  version: expectedVersion('card'),
  weights: z.record(z.string().max(100), z.number()).describe('Weight by criterion, 0 to 100.'),
  threshold: z.number().describe('The score that passes, 1 to 100.'),
});
export type EditCard = z.output<typeof editCardBody>;

export const answerBody = z.strictObject({
  answers: z
    .record(z.string().max(100), z.number())
    .describe('All answers, by criterion: 0 no, 1 partly, 2 yes.'),
  version: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .describe('Version of the answers that these come in place of; 0: there were none.')
    .optional(),
});
export type Answer = z.output<typeof answerBody>;

export const cardSchema = z.object({
  card: cardField,
  criteria: z.array(z.object({ criterion: z.string(), weight: z.int() })),
  threshold: z.int(),
  version: z.int(),
});
export type CardView = z.output<typeof cardSchema>;

export const qualificationSchema = z.object({
  card: cardField,
  answers: z.record(z.string(), z.int()),
  score: z.int().describe('0 to 100, as it was when the card was answered.'),
  threshold: z.int(),
  passed: z.boolean(),
  missing: z.array(z.string()).describe('Criteria that nobody has answered.'),
  answered_by: z.string(),
  answered_at: z.iso.datetime(),
  version: z.int(),
});
export type QualificationView = z.output<typeof qualificationSchema>;

export function cardView({ card, weights, threshold, version }: CardRow): CardView {
  const criteria = CARD_CRITERIA[card].map((criterion) => ({
    criterion,
    weight: weights[criterion] ?? 0,
  }));
  return { card, criteria, threshold, version };
}

export function qualificationView(row: QualificationRow): QualificationView {
  const { deal_id: _deal, answered_at: at, ...same } = row;
  return {
    ...same,
    missing: CARD_CRITERIA[row.card].filter((criterion) => row.answers[criterion] === undefined),
    answered_at: formatInstant(at),
  };
}
