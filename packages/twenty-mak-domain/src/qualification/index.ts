export { CARD_CRITERIA, DEFAULT_CARDS, QUALIFICATION_CARDS } from './cards.ts';
export type { CardSettings, QualificationCard } from './cards.ts';
export { assess, checkCard, GRADES, qualificationChange } from './assess.ts';
export type { Answers, Assessment } from './assess.ts';
