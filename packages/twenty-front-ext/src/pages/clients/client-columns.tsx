import { useLingui } from '@lingui/react/macro';
import { IconStarFilled } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { useClientTexts } from '../../parts/client-edits/use-client-texts.ts';
import type { RecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import { useSyncColumn } from '../../parts/record-sync/use-sync-column.tsx';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { ClientRow } from './use-client-pages.ts';
import styles from './clients.module.css';

/** What can be seen of a client in the list. */
export function useClientColumns(syncs: RecordSyncs): readonly DataColumn<ClientRow>[] {
  const { t } = useLingui();
  const format = useFormat();
  const { fields, kinds } = useClientTexts();
  const { kind, industry, size, budgetBand, clientType, source, segments, owner } = fields;
  const { company, person } = kinds;
  const sync = useSyncColumn<ClientRow>(syncs);
  return useMemo(
    () => [
      {
        key: 'name',
        title: t`Name`,
        width: 260,
        fixed: true,
        sort: 'name',
        text: ({ name }) => name,
        cell: ({ name, keyAccount }) => (
          <>
            {name}
            {keyAccount && (
              <IconStarFilled
                size={12}
                className={styles.star}
                role="img"
                aria-label={t`Key account`}
              />
            )}
          </>
        ),
        href: ({ id }) => `/clients/${id}`,
      },
      {
        key: 'kind',
        title: kind,
        width: 110,
        text: (client) => (client.kind === 'company' ? company : person),
      },
      { key: 'industry', title: industry, width: 150, text: (client) => client.industry ?? '' },
      {
        key: 'segments',
        title: segments,
        width: 220,
        text: (client) => client.segments.join(', '),
        cell: (client) => (
          <span className={styles.tags}>
            {client.segments.map((one) => (
              <Tag key={one} color="gray" text={one} />
            ))}
          </span>
        ),
      },
      { key: 'owner', title: owner, width: 160, text: (client) => client.owner?.name ?? '' },
      {
        key: 'deals',
        title: t`Deals`,
        width: 80,
        align: 'end',
        text: ({ sums }) => format.number(sums.reduce((sum, { deals }) => sum + deals, 0)),
      },
      ...sync,
      { key: 'size', title: size, width: 110, text: (client) => client.size ?? '' },
      { key: 'budget', title: budgetBand, width: 150, text: (client) => client.budgetBand ?? '' },
      { key: 'type', title: clientType, width: 130, text: (client) => client.clientType ?? '' },
      {
        key: 'source',
        title: source,
        width: 120,
        optional: true,
        text: (client) => client.source ?? '',
      },
      {
        key: 'updated',
        title: t`Updated`,
        width: 170,
        sort: 'updated_at',
        text: ({ updatedAt }) => format.dateTime(updatedAt),
      },
      {
        key: 'created',
        title: t`Created`,
        width: 170,
        sort: 'created_at',
        optional: true,
        text: ({ createdAt }) => format.dateTime(createdAt),
      },
    ],
    [
      t,
      format,
      kind,
      company,
      person,
      industry,
      segments,
      owner,
      size,
      budgetBand,
      clientType,
      source,
      sync,
    ],
  );
}
