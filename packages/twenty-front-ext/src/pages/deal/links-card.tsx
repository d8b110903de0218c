import { Trans, useLingui } from '@lingui/react/macro';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import { OuterSystemsDocument, SyncedSystemsDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import styles from './links-card.module.css';

/** Under which id each outer system knows the deal; a link where we know the address of that system. */
export function LinksCard({ deal }: { readonly deal: DealDetailFragment }) {
  const { t } = useLingui();
  const refs = deal.externalRefs;
  const mayManage = useMay('tenant:manage');
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
      {mayManage && <SyncHistories deal={deal} />}
    </Card>
  );
}

/** For admins: what the connectors that are set up did with the deal. */
function SyncHistories({ deal: { id } }: { readonly deal: DealDetailFragment }) {
  const { data } = useQuery(SyncedSystemsDocument, { fetchPolicy: 'cache-first' });
  const systems = data?.connectors.filter(({ state }) => state !== 'off') ?? [];
  if (systems.length === 0) return null;
  return (
    <ul className={styles.links}>
      {systems.map(({ key, title }) => (
        <li key={key}>
          <Link to={`/settings/connectors/${key}/history?of=deal&record=${id}`}>
            <Trans>History of the sync with {title}</Trans>
          </Link>
        </li>
      ))}
    </ul>
  );
}
