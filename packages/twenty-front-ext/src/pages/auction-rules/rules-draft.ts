import type { AuctionRuleFieldsFragment, AuctionRulesInput } from '../../generated/graphql.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';
import { newLotDraftOf, newLotInputOf } from './new-lot-draft.ts';
import type { NewLotDraft } from './new-lot-draft.ts';

interface Limit {
  readonly grade: string;
  readonly lotsPerDay: string;
}

interface Reason {
  /** Empty: it is new, and gets one. */
  readonly key: string;
  readonly title: string;
}

/** What the form edits; numbers and amounts as they are typed. */
export interface RulesDraft extends NewLotDraft {
  readonly version: number;
  readonly matchCity: boolean;
  readonly matchNiche: boolean;
  readonly grades: readonly string[];
  readonly limits: readonly Limit[];
  readonly relists: string;
  readonly cheaperBy: string;
  readonly assigns: boolean;
  readonly returnWindowHours: string;
  readonly returnReasons: readonly Reason[];
  readonly amountBands: readonly string[];
  readonly endingSoonMinutes: string;
}

export function draftOf(rules: AuctionRuleFieldsFragment, currency: string): RulesDraft {
  return {
    version: rules.version,
    matchCity: rules.matchCity,
    matchNiche: rules.matchNiche,
    grades: rules.grades,
    limits: rules.limits.map(({ grade, lotsPerDay }) => ({
      grade,
      lotsPerDay: String(lotsPerDay),
    })),
    relists: String(rules.relists),
    cheaperBy: String(rules.cheaperBy),
    assigns: rules.assigns,
    returnWindowHours: String(rules.returnWindowHours),
    returnReasons: rules.returnReasons.map(({ key, title }) => ({ key, title })),
    amountBands: rules.amountBands.map((amount) => moneyText(amount, currency)),
    endingSoonMinutes: String(rules.endingSoonMinutes),
    ...newLotDraftOf(rules.newLot, currency),
  };
}

/** What the server takes; null while a field has no value that can be used. */
export function inputOf(draft: RulesDraft, currency: string): AuctionRulesInput | null {
  const numbers = [
    draft.relists,
    draft.cheaperBy,
    draft.returnWindowHours,
    draft.endingSoonMinutes,
    ...draft.limits.map(({ lotsPerDay }) => lotsPerDay),
  ];
  if (!numbers.every(isWhole)) return null;
  const bands = draft.amountBands.map((text) => readMoney(text, currency));
  if (bands.some((amount) => amount === null || amount <= 0)) return null;
  const reasons = keyed(draft.returnReasons);
  if (reasons.length === 0 || reasons.some(({ title }) => title === '')) return null;
  const newLot = newLotInputOf(draft, currency);
  if (newLot === null) return null;
  return {
    version: draft.version,
    matchCity: draft.matchCity,
    matchNiche: draft.matchNiche,
    grades: [...draft.grades],
    limits: draft.limits.map(({ grade, lotsPerDay }) => ({
      grade: grade.trim(),
      lotsPerDay: Number(lotsPerDay),
    })),
    relists: Number(draft.relists),
    cheaperBy: Number(draft.cheaperBy),
    assigns: draft.assigns,
    returnWindowHours: Number(draft.returnWindowHours),
    returnReasons: reasons,
    amountBands: bands.filter((amount) => amount !== null).toSorted((one, other) => one - other),
    endingSoonMinutes: Number(draft.endingSoonMinutes),
    newLot,
  };
}

function isWhole(text: string): boolean {
  return /^\d{1,6}$/.test(text.trim());
}

/** New reasons get the first key that is free. */
function keyed(reasons: readonly Reason[]): { key: string; title: string }[] {
  const taken = new Set(reasons.map(({ key }) => key));
  return reasons.map(({ key, title }) => {
    let made = key;
    for (let number = 1; made === ''; number += 1)
      if (!taken.has(`reason_${number}`)) made = `reason_${number}`;
    taken.add(made);
    return { key: made, title: title.trim() };
  });
}
