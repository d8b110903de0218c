import { useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { LeadLineFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import { LeadStatus } from '../../parts/leads/lead-status.tsx';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './leads.module.css';

type Column = DataColumn<LeadLineFragment>;

/** What can be seen of a lead in the list. A company sees neither who else has part in it nor what only the office says. */
export function useLeadColumns({ titleOf }: LeadWords): readonly Column[] {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = useLeadName();
  const isCompany = useIsCompany();
  return useMemo(() => {
    const own: readonly Column[] = [
      {
        key: 'name',
        title: t({ message: 'Name', context: 'of a person' }),
        width: 220,
        fixed: true,
        text: nameOf,
        cell: (lead) => (
          <>
            {nameOf(lead)}
            {lead.duplicate && (
              <IconCopy
                size={12}
                className={styles.mark}
                role="img"
                aria-label={t`Perhaps a duplicate`}
              />
            )}
          </>
        ),
        href: ({ id }) => `/leads/${id}`,
      },
      {
        key: 'status',
        title: t`Status`,
        width: 140,
        sort: 'status_since',
        text: ({ status }) => titleOf('statuses', status) ?? '',
        cell: ({ status, kind }) => (
          <LeadStatus kind={kind} title={titleOf('statuses', status) ?? status} />
        ),
      },
      {
        key: 'phone',
        title: t`Telephone`,
        width: 150,
        text: ({ contact }) => contact.phones[0] ?? '',
      },
      {
        key: 'email',
        title: t`E-mail`,
        width: 190,
        optional: true,
        text: ({ contact }) => contact.emails[0] ?? '',
      },
      {
        key: 'city',
        title: t`City`,
        width: 120,
        text: ({ city, contact }) => titleOf('cities', city) ?? contact.city ?? '',
      },
      {
        key: 'niche',
        title: t`Niche`,
        width: 130,
        text: ({ niche, contact }) => titleOf('niches', niche) ?? contact.niche ?? '',
      },
      {
        key: 'source',
        title: t`Source`,
        width: 130,
        text: ({ source }) => titleOf('sources', source) ?? '',
      },
      {
        key: 'amount',
        title: t`Amount`,
        width: 120,
        align: 'end',
        sort: 'amount',
        text: ({ amount, currency }) =>
          amount === null ? '' : format.money(amount, currency ?? ''),
      },
      {
        key: 'handling',
        title: t`Handling`,
        width: 120,
        optional: true,
        text: ({ handling }) => titleOf('handlings', handling) ?? '',
      },
    ];
    const office: readonly Column[] = [
      {
        key: 'responsible',
        title: t`Responsible`,
        width: 150,
        text: ({ responsible }) => responsible?.name ?? '',
      },
      { key: 'partner', title: t`Partner`, width: 140, text: ({ partner }) => partner?.name ?? '' },
      {
        key: 'buyer',
        title: t`Buyer`,
        width: 140,
        optional: true,
        text: ({ buyer }) => buyer?.name ?? '',
      },
    ];
    const last: readonly Column[] = [
      {
        key: 'score',
        title: t`Score`,
        width: 80,
        align: 'end',
        sort: 'score',
        optional: true,
        text: ({ score }) => (score === null ? '' : format.number(score)),
      },
      {
        key: 'created',
        title: t`Created`,
        width: 170,
        sort: 'created_at',
        text: ({ createdAt }) => format.dateTime(createdAt),
      },
      {
        key: 'updated',
        title: t`Updated`,
        width: 170,
        sort: 'updated_at',
        optional: true,
        text: ({ updatedAt }) => format.dateTime(updatedAt),
      },
    ];
    return [...own, ...(isCompany ? [] : office), ...last];
  }, [t, format, nameOf, titleOf, isCompany]);
}
