import { useLingui } from '@lingui/react/macro';
import { IconStarFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Tag } from 'twenty-ui/data-display';
import type { ClientDetailFragment } from '../../generated/graphql.ts';
import { useClientTexts } from '../../parts/client-edits/use-client-texts.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './client-page.module.css';

/** What is known about the client. */
export function ClientFacts({ client }: { readonly client: ClientDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { fields, kinds } = useClientTexts();
  const { keyAccount, segments, externalRefs, owner, ownerId } = client;
  return (
    <dl className={styles.facts}>
      <Fact name={fields.kind}>
        {kinds[client.kind]}
        {keyAccount && (
          <span className={styles.key}>
            <IconStarFilled size={12} className={styles.star} aria-hidden />
            {t`Key account`}
          </span>
        )}
      </Fact>
      <Fact name={fields.owner}>{owner?.name ?? ownerId}</Fact>
      <Fact name={fields.segments}>
        {segments.length === 0
          ? null
          : segments.map((one) => <Tag key={one} color="gray" text={one} />)}
      </Fact>
      <Fact name={fields.industry}>{client.industry}</Fact>
      <Fact name={fields.size}>{client.size}</Fact>
      <Fact name={fields.budgetBand}>{client.budgetBand}</Fact>
      <Fact name={fields.clientType}>{client.clientType}</Fact>
      <Fact name={fields.source}>{client.source}</Fact>
      <Fact name={t`Known as`}>
        {externalRefs.length === 0
          ? null
          : externalRefs.map(({ system, id }) => `${system}: ${id}`).join(', ')}
      </Fact>
      <Fact name={t`Created`}>{format.date(client.createdAt)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children ?? '–'}</dd>
    </div>
  );
}
