import type {
  AuctionRuleFieldsFragment,
  CreateLotInput,
  LotKind,
} from '../../generated/graphql.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';

export type SpanUnit = 'minutes' | 'hours' | 'days';

/** What the form holds, as it was typed. */
export interface LotDraft {
  readonly leadIds: readonly string[];
  readonly kind: LotKind;
  /** Local time of the device; empty: at once. */
  readonly opens: string;
  readonly lasts: string;
  readonly unit: SpanUnit;
  readonly start: string;
  readonly step: string;
  readonly reserve: string;
  readonly buyNow: string;
  readonly floor: string;
  readonly interval: string;
  readonly extends: boolean;
  readonly window: string;
  readonly extension: string;
  readonly times: string;
}

/** Fields that can be wrong. */
export type DraftField = Exclude<keyof LotDraft, 'kind' | 'unit' | 'extends'>;

/** What the form begins with: as the head office has said for all lots. */
export function newDraft(
  {
    kind,
    lastsHours,
    start,
    step,
    intervalSeconds,
    antiSniping,
  }: AuctionRuleFieldsFragment['newLot'],
  currency: string,
  leadIds: readonly string[],
): LotDraft {
  const money = (amount: number | null): string =>
    amount === null ? '' : moneyText(amount, currency);
  return {
    leadIds,
    kind,
    opens: '',
    lasts: String(lastsHours),
    unit: 'hours',
    start: money(start),
    step: money(step),
    reserve: '',
    buyNow: '',
    floor: '',
    interval: String(intervalSeconds),
    extends: antiSniping !== null,
    window: String(antiSniping?.windowSeconds ?? 60),
    extension: String(antiSniping?.extensionSeconds ?? 60),
    times: String(antiSniping?.times ?? 10),
  };
}

const UNITS: Readonly<Record<SpanUnit, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

export type Reading =
  | { readonly input: CreateLotInput }
  /** Fields without a value that can be used. */
  | { readonly wrong: ReadonlySet<DraftField> };

/** The lot that a draft describes, for the server to check. `now` is the server's present. */
export function readDraft(draft: LotDraft, currency: string, now: number): Reading {
  const wrong = new Set<DraftField>();
  const money = (field: 'start' | 'step' | 'reserve' | 'buyNow' | 'floor'): number => {
    const amount = readMoney(draft[field], currency);
    if (amount === null || amount <= 0) wrong.add(field);
    return amount ?? 0;
  };
  const count = (field: 'lasts' | 'interval' | 'window' | 'extension' | 'times'): number => {
    const value = /^\d{1,9}$/.test(draft[field].trim()) ? Number(draft[field]) : 0;
    if (value === 0) wrong.add(field);
    return value;
  };
  const optional = (field: 'reserve' | 'buyNow'): number | undefined =>
    draft[field].trim() === '' ? undefined : money(field);
  const opensAt = draft.opens === '' ? null : Date.parse(draft.opens);
  if (Number.isNaN(opensAt)) wrong.add('opens');
  if (draft.leadIds.length === 0) wrong.add('leadIds');
  const lasts = count('lasts') * UNITS[draft.unit];
  const input = {
    kind: draft.kind,
    leadIds: [...draft.leadIds],
    currency,
    ...termsOf(draft, money, count, optional),
  };
  if (wrong.size > 0) return { wrong };
  const times = {
    ...(opensAt === null ? {} : { opensAt: new Date(opensAt).toISOString() }),
    endsAt: new Date((opensAt ?? now) + lasts).toISOString(),
  };
  return { input: { ...input, ...times } };
}

function termsOf(
  { kind, extends: isExtended }: LotDraft,
  money: (field: 'start' | 'step' | 'reserve' | 'floor') => number,
  count: (field: 'interval' | 'window' | 'extension' | 'times') => number,
  optional: (field: 'reserve' | 'buyNow') => number | undefined,
): Partial<CreateLotInput> {
  switch (kind) {
    case 'ascending': {
      const [reserve, buyNow] = [optional('reserve'), optional('buyNow')];
      return {
        start: money('start'),
        step: money('step'),
        ...(reserve === undefined ? {} : { reserve }),
        ...(buyNow === undefined ? {} : { buyNow }),
        ...(isExtended
          ? {
              antiSniping: {
                windowSeconds: count('window'),
                extensionSeconds: count('extension'),
                times: count('times'),
              },
            }
          : {}),
      };
    }
    case 'sealed':
      return { reserve: money('reserve') };
    case 'descending':
      return {
        start: money('start'),
        step: money('step'),
        floor: money('floor'),
        intervalSeconds: count('interval'),
      };
  }
}
