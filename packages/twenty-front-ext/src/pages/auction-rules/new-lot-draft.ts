import type {
  AuctionRuleFieldsFragment,
  LotKind,
  NewLotTermsInput,
} from '../../generated/graphql.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';

/** What a new lot begins with, as it is typed. */
export interface NewLotDraft {
  readonly lotKind: LotKind;
  readonly lotHours: string;
  /** Prices may stay empty: then they are entered for each lot. */
  readonly lotStart: string;
  readonly lotStep: string;
  readonly lotInterval: string;
  readonly lotExtends: boolean;
  readonly lotWindow: string;
  readonly lotExtension: string;
  readonly lotTimes: string;
}

export function newLotDraftOf(
  terms: AuctionRuleFieldsFragment['newLot'],
  currency: string,
): NewLotDraft {
  const { start, step, antiSniping } = terms;
  const money = (amount: number | null): string =>
    amount === null ? '' : moneyText(amount, currency);
  return {
    lotKind: terms.kind,
    lotHours: String(terms.lastsHours),
    lotStart: money(start),
    lotStep: money(step),
    lotInterval: String(terms.intervalSeconds),
    lotExtends: antiSniping !== null,
    lotWindow: String(antiSniping?.windowSeconds ?? 60),
    lotExtension: String(antiSniping?.extensionSeconds ?? 60),
    lotTimes: String(antiSniping?.times ?? 10),
  };
}

/** What the server takes; null while a field has no value that can be used. */
export function newLotInputOf(draft: NewLotDraft, currency: string): NewLotTermsInput | null {
  const { lotStart, lotStep, lotExtends, lotWindow, lotExtension, lotTimes } = draft;
  const sniping = lotExtends ? [lotWindow, lotExtension, lotTimes] : [];
  if (![draft.lotHours, draft.lotInterval, ...sniping].every(isCount)) return null;
  const prices = [lotStart, lotStep].map((text) =>
    text.trim() === '' ? null : (readMoney(text, currency) ?? 0),
  );
  if (prices.some((amount) => amount !== null && amount <= 0)) return null;
  const [start = null, step = null] = prices;
  return {
    kind: draft.lotKind,
    lastsHours: Number(draft.lotHours),
    start,
    step,
    intervalSeconds: Number(draft.lotInterval),
    antiSniping: lotExtends
      ? {
          windowSeconds: Number(lotWindow),
          extensionSeconds: Number(lotExtension),
          times: Number(lotTimes),
        }
      : null,
  };
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text.trim());
}
