import { useLingui } from '@lingui/react/macro';
import type { PairLeadFragment } from '../../generated/graphql.ts';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import { useAnswerTexts } from '../../parts/leads/use-answer-texts.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { listed } from './pair-rows.ts';
import type { PairRow } from './pair-rows.ts';

/** Keys of the rows of which a merge keeps one value, as the server names them. */
export type MergeKey =
  | 'name'
  | 'city'
  | 'niche'
  | 'legal_form'
  | 'handling'
  | 'amount'
  | 'responsible_id'
  | 'title'
  | 'score';

/** Two leads beside each other, without what neither says. */
export function usePairRows({
  titleOf,
}: LeadWords): (left: PairLeadFragment, right: PairLeadFragment) => readonly PairRow[] {
  const { t } = useLingui();
  const format = useFormat();
  const answers = useAnswerTexts();
  const legalForms = useLegalFormNames();
  const legalForm = (form: string | null): string | null =>
    form === 'company' || form === 'sole_trader' ? legalForms[form] : form;
  const values: readonly (readonly [
    key: MergeKey | 'phones' | 'emails' | 'source' | 'partner' | 'buyer' | 'consent' | 'created',
    label: string,
    valuesOf: (lead: PairLeadFragment) => readonly string[],
  ])[] = [
    ['name', t({ message: 'Name', context: 'of a person' }), ({ contact }) => listed(contact.name)],
    ['title', t`Title`, ({ title }) => listed(title)],
    ['phones', t`Telephone numbers`, ({ contact }) => contact.phones],
    ['emails', t`E-mail addresses`, ({ contact }) => contact.emails],
    ['city', t`City`, ({ city, contact }) => listed(titleOf('cities', city) ?? contact.city)],
    ['niche', t`Niche`, ({ niche, contact }) => listed(titleOf('niches', niche) ?? contact.niche)],
    [
      'legal_form',
      t`Legal form`,
      (lead) => listed(legalForm(lead.legalForm) ?? lead.contact.legalForm),
    ],
    [
      'amount',
      t`Amount`,
      ({ amount, currency }) => (amount === null ? [] : [format.money(amount, currency ?? '')]),
    ],
    ['handling', t`Handling`, ({ handling }) => listed(titleOf('handlings', handling))],
    ['responsible_id', t`Responsible`, ({ responsible }) => listed(responsible?.name)],
    ['score', t`Score`, ({ score }) => (score === null ? [] : [format.number(score)])],
    ['source', t`Source`, ({ source }) => listed(titleOf('sources', source))],
    ['partner', t`Partner`, ({ partner }) => listed(partner?.name)],
    ['buyer', t`Buyer`, ({ buyer }) => listed(buyer?.name)],
    ['consent', t`Consent`, ({ consent }) => (consent === null ? [] : [answers[consent]])],
    ['created', t`Created`, ({ createdAt }) => [format.dateTime(createdAt)]],
  ];
  return (left, right) =>
    values
      .map(([key, label, of]) => ({ key, label, left: of(left), right: of(right) }))
      .filter((row) => row.left.length > 0 || row.right.length > 0);
}
