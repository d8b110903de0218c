import { Trans, useLingui } from '@lingui/react/macro';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@apollo/client/react';
import { OuterSystemsDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import styles from './links-card.module.css';

/** Under which id each outer system knows the deal; a link where we know the address of that system. */
export function LinksCard({ refs }: { readonly refs: DealDetailFragment['externalRefs'] }) {
  const { t } = useLingui();
  const { data } = useQuery(OuterSystemsDocument, { fetchPolicy: 'cache-first' });
  const twenty = data?.tenant.twentyUrl ?? null;
  return (
    <Card title={t`In other systems`}>
      {refs.length === 0 ? (
        <p className={styles.empty}>
          <Trans>No other system knows this deal.</Trans>
        </p>
      ) : (
        <ul className={styles.links}>
          {refs.map(({ system, id }) => (
            <li key={`${system} ${id}`}>
              <span className={styles.system}>{system}</span>
              {system === 'twenty' && twenty !== null ? (
                <a
                  href={`${twenty}/object/opportunity/${encodeURIComponent(id)}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {id} <IconExternalLink size={12} aria-label={t`opens in a new tab`} />
                </a>
              ) : (
                <code>{id}</code>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
