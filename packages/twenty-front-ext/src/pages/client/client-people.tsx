import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Avatar } from 'twenty-ui/data-display';
import type { ClientDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import styles from './client-page.module.css';

type Worker = ClientDetailFragment['people'][number];

/** Who works on the client's deals, those with most open ones first. */
export function ClientPeople({ people }: { readonly people: readonly Worker[] }) {
  const { t } = useLingui();
  return (
    <Card title={t`People working on it`}>
      {people.length === 0 ? (
        <p className={styles.quiet}>
          <Trans>Nobody owns or handles a deal of this client.</Trans>
        </p>
      ) : (
        <ul className={styles.lines}>
          {people.map((one) => (
            <WorkerItem key={one.accountId} worker={one} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function WorkerItem({ worker }: { readonly worker: Worker }) {
  const { t } = useLingui();
  const { accountId, name, roles, deals, openDeals } = worker;
  const shown = name ?? accountId;
  const words = roles.map((role) => (role === 'owner' ? t`owner` : role.replaceAll(/[-_]/g, ' ')));
  return (
    <li className={styles.line}>
      <span className={styles.person}>
        <Avatar placeholder={shown} placeholderColorSeed={accountId} type="rounded" />
        <span className={styles.name}>{shown}</span>
      </span>
      <span className={styles.details}>{words.join(', ')}</span>
      <span className={styles.amount}>
        <Plural value={deals} one="# deal" other="# deals" />, <Trans>{openDeals} open</Trans>
      </span>
    </li>
  );
}
