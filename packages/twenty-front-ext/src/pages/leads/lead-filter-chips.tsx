import { useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import { useKindNames } from '../../parts/leads/lead-kinds.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import type { Segments } from '../../parts/segments/use-segments.ts';
import { FilterChips } from '../../ui/chip/filter-chips.tsx';
import type { FilterChip } from '../../ui/chip/filter-chips.tsx';
import { dayBegins } from '../../ui/format/day.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { LeadFilters } from './lead-filters.ts';
import { LISTS, useFilterTexts } from './use-filter-texts.ts';

interface LeadFilterChipsProps {
  readonly words: LeadWords;
  readonly segments: Segments;
  readonly value: LeadFilters;
  readonly onChange: (value: LeadFilters) => void;
}

/** The filters that hold, each with a cross. */
export function LeadFilterChips({ words, segments, value, onChange }: LeadFilterChipsProps) {
  const chips = useChips(words, segments, value);
  return <FilterChips chips={chips} value={value} onChange={onChange} />;
}

function useChips(
  { titleOf }: LeadWords,
  segments: Segments,
  value: LeadFilters,
): readonly FilterChip<LeadFilters>[] {
  const { t } = useLingui();
  const format = useFormat();
  const tenant = useTenant();
  const kinds = useKindNames();
  const legalForms = useLegalFormNames();
  const { lists, consents } = useFilterTexts();
  const responsible = usePersonName(value.responsible);
  const partner = usePersonName(value.partner);
  const money = (minor: number): string => format.money(minor, value.currency ?? tenant.currency);
  const day = (text: string): string => format.date(dayBegins(text, tenant.timeZone));
  return [
    { name: t`Segment`, text: segments.nameOf(value.segment), without: { segment: null } },
    {
      name: t`Kind of status`,
      text: value.kind === null ? null : kinds[value.kind],
      without: { kind: null },
    },
    ...LISTS.map(({ key, list }) => ({
      name: lists[key],
      text: titleOf(list, value[key]),
      without: { [key]: null },
    })),
    {
      name: t`Legal form`,
      text: value.legalForm === null ? null : legalForms[value.legalForm],
      without: { legalForm: null },
    },
    {
      name: t`Amount`,
      text: span(value.amountFrom, value.amountTo, money),
      without: { amountFrom: null, amountTo: null, currency: null },
    },
    {
      name: t`Score`,
      text: span(value.scoreFrom, null, format.number),
      without: { scoreFrom: null },
    },
    {
      name: t({ message: 'Entered', context: 'of a lead' }),
      text: span(value.enteredFrom, value.enteredTo, day),
      without: { enteredFrom: null, enteredTo: null },
    },
    {
      name: t`Consent`,
      text: value.consent === null ? null : consents[value.consent],
      without: { consent: null },
    },
    { name: t`Known in the system`, text: value.system, without: { system: null } },
    { name: t`Partner`, text: partner, without: { partner: null } },
    { name: t`Responsible`, text: responsible, without: { responsible: null } },
    {
      name: t`Perhaps duplicates`,
      text: value.duplicate ? t`only` : null,
      without: { duplicate: false },
    },
  ];
}

/** Both ends, or the one that is there; null when neither is. */
function span<Value>(
  from: Value | null,
  to: Value | null,
  write: (value: Value) => string,
): string | null {
  if (from === null && to === null) return null;
  return [from, to].map((bound) => (bound === null ? '…' : write(bound))).join(' – ');
}
