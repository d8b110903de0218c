import { useLingui } from '@lingui/react/macro';
import type { QualificationCardKey } from '../../generated/graphql.ts';

interface QualificationTexts {
  readonly card: Readonly<Record<QualificationCardKey, string>>;
  /** Question of a criterion; its key when we have no words for it. */
  readonly criterion: (key: string) => string;
}

export function useQualificationTexts(): QualificationTexts {
  const { t } = useLingui();
  const criteria = new Map([
    ['budget', t`Budget: is there money for it?`],
    ['authority', t`Authority: do we talk to who decides?`],
    ['need', t`Need: do they need what we sell?`],
    ['timing', t`Timing: do they want it soon?`],
    ['challenges', t`Challenges: do we know what troubles them?`],
    ['money', t`Money: can they pay for it?`],
    ['prioritization', t`Prioritization: does it matter to them now?`],
    ['industry', t`Industry: is it one that we serve?`],
    ['size', t`Size: is the company large enough?`],
    ['activity', t`Activity: are they active in the market?`],
    ['potential', t`Potential: can they grow with us?`],
  ]);
  return {
    card: { bant: 'BANT', champ: 'CHAMP', icp: 'ICP' },
    criterion: (key) => criteria.get(key) ?? key,
  };
}
