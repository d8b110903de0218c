import { useLingui } from '@lingui/react/macro';
import { useLotKinds } from '../../parts/auction/lot-state.tsx';
import type { RulesDraft } from './rules-draft.ts';

interface RuleTexts {
  readonly labels: Readonly<Record<keyof RulesDraft, string>>;
  readonly show: (draft: Partial<RulesDraft>, field: keyof RulesDraft) => string;
}

/** Names and values of the rules in words, to compare two of them. */
export function useRuleTexts(): RuleTexts {
  const { t } = useLingui();
  const kinds = useLotKinds();
  return {
    labels: {
      version: '',
      matchCity: t`Only who works in the lead's city`,
      matchNiche: t`Only who works in the lead's niche`,
      grades: t`Grades that may bid`,
      limits: t`Lots a day`,
      relists: t`Times that a lot is offered again`,
      cheaperBy: t`Cheaper each time, percent`,
      assigns: t`Then give the leads out in turn`,
      returnWindowHours: t`Hours for a return`,
      returnReasons: t`Reasons`,
      amountBands: t`Bands of amounts`,
      endingSoonMinutes: t`Tell so many minutes before the end`,
      lotKind: t`Kind`,
      lotHours: t`Lasts, hours`,
      lotStart: t`Start price`,
      lotStep: t`Step`,
      lotInterval: t`Falls every, seconds`,
      lotExtends: t`A late bid moves the end`,
      lotWindow: t`Late: in the last seconds`,
      lotExtension: t`New end: seconds after the bid`,
      lotTimes: t`At most so many times`,
    },
    show: (draft, field) => {
      switch (field) {
        case 'matchCity':
        case 'matchNiche':
        case 'assigns':
        case 'lotExtends':
          return draft[field] === true ? t`on` : t`off`;
        case 'grades':
        case 'amountBands':
          return (draft[field] ?? []).join(', ');
        case 'limits':
          return (draft.limits ?? [])
            .map(({ grade, lotsPerDay }) => `${grade}: ${lotsPerDay}`)
            .join(', ');
        case 'returnReasons':
          return (draft.returnReasons ?? []).map(({ title }) => title).join(', ');
        case 'lotKind':
          return draft.lotKind === undefined ? '' : kinds[draft.lotKind];
        case 'lotHours':
        case 'lotStart':
        case 'lotStep':
        case 'lotInterval':
        case 'lotWindow':
        case 'lotExtension':
        case 'lotTimes':
        case 'relists':
        case 'cheaperBy':
        case 'returnWindowHours':
        case 'endingSoonMinutes':
        case 'version':
          return String(draft[field] ?? '');
      }
    },
  };
}
