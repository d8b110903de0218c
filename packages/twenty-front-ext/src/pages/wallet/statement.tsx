import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { StatementDocument } from '../../generated/graphql.ts';
import type { StatementQuery } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import { LotLink } from './lot-link.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';
import styles from './wallet.module.css';

export type StatementLine = StatementQuery['walletStatement']['items'][number];

interface StatementProps {
  readonly accountId: string | null;
  readonly currency: string;
  readonly manages: boolean;
}

/** Everything that the wallet got and gave, the last first. */
export function Statement({ accountId, currency, manages }: StatementProps) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(StatementDocument, {
    variables: { accountId, currency },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const [reversing, setReversing] = useState<StatementLine | null>(null);
  const page = data?.walletStatement;
  if (page === undefined) {
    if (error === undefined) return <Skeleton height={160} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0)
    return (
      <EmptyState
        title={t`Nothing was booked yet`}
        text={t`Top-ups, payments for leads and what comes back for returned ones appear here.`}
      />
    );
  return (
    <Card title={t`Statement`}>
      <Table
        className={styles.statement}
        label={t`Statement`}
        head={[t`Time`, t`What`, { numeric: t`Amount` }, { numeric: t`Balance` }]}
        actions={manages}
      >
        {page.items.map((line) => (
          <LineRow
            key={line.entryId}
            line={line}
            currency={currency}
            onReverse={manages ? () => setReversing(line) : null}
          />
        ))}
      </Table>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      {reversing !== null && (
        <ReverseDialog line={reversing} currency={currency} onClose={() => setReversing(null)} />
      )}
    </Card>
  );
}

interface LineRowProps {
  readonly line: StatementLine;
  readonly currency: string;
  /** Null for who may not. */
  readonly onReverse: (() => void) | null;
}

function LineRow({ line, currency, onReverse }: LineRowProps) {
  const { t } = useLingui();
  const { money, dateTime } = useFormat();
  const { kind, amount, balance, at, lotId, lot, note } = line;
  const kinds: Readonly<Record<string, string>> = {
    top_up: t`Top-up`,
    payout: t`Payout`,
    capture: amount < 0 ? t`Lead bought` : t`Lead sold`,
    correction: t`Correction`,
    reversal: t`Taken back`,
  };
  const name = kinds[kind] ?? kind;
  return (
    <tr>
      <td>{dateTime(at)}</td>
      <td>
        {name}
        {note !== null && <span className={styles.note}> · {note}</span>}
        {lotId !== null && (
          <>
            {' · '}
            <LotLink lotId={lotId} lot={lot} />
          </>
        )}
        <span className={styles.when}>{dateTime(at)}</span>
      </td>
      <td data-numeric>
        {amount > 0 ? `+${money(amount, currency)}` : money(amount, currency)}
        <span className={styles.after}>
          {t`Balance`} {money(balance, currency)}
        </span>
      </td>
      <td data-numeric>{money(balance, currency)}</td>
      {onReverse !== null && (
        <td>
          {kind === 'top_up' && (
            <RowMenu label={t`Actions of ${name}, ${dateTime(at)}`}>
              <MenuItem danger onSelect={onReverse}>
                {t`Take back`}
              </MenuItem>
            </RowMenu>
          )}
        </td>
      )}
    </tr>
  );
}
