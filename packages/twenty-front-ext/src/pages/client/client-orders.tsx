import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { isSameList, withFirstPage, withNextPage } from '../../app/data/page-list.ts';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientOrdersDocument } from '../../generated/graphql.ts';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import { OrderStatusTag, PaymentStatusTag } from '../../parts/orders/order-tags.tsx';
import { useOrderChanges } from '../../parts/orders/use-order-changes.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './client-page.module.css';

/** What the client buys, for those who may see orders. */
export function ClientOrders({ id }: { readonly id: string }) {
  return useMay('catalogue:read') ? <OrdersCard id={id} /> : null;
}

function OrdersCard({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore, observable } = useQuery(ClientOrdersDocument, {
    variables: { id },
    context: ASKED_ANEW,
  });
  const { problem, busy, run } = useAttempt();
  // Whose order has changed is not told; one question says it.
  useOrderChanges(async () => {
    if (data === undefined) await refetch();
    else
      await fetchMore({
        variables: { after: null },
        updateQuery: (before, { fetchMoreResult, variables }) =>
          isSameList(variables, observable.variables) && before?.orders !== undefined
            ? { orders: withFirstPage(before.orders, fetchMoreResult.orders) }
            : before,
      });
  }, !loading);
  return (
    <Card title={t`Orders`} action={<Link to={`/orders?client=${id}`}>{t`All in the list`}</Link>}>
      {content()}
    </Card>
  );

  function content() {
    if (data === undefined) {
      if (error === undefined) return <Skeleton height={80} />;
      return (
        <ErrorState
          problem={problemOf(error)}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      );
    }
    const { nodes, pageInfo } = data.orders;
    if (nodes.length === 0) return <p className={styles.quiet}>{t`No orders yet.`}</p>;
    const more = async (): Promise<void> => {
      await fetchMore({
        variables: { after: pageInfo.endCursor },
        updateQuery: (before, { fetchMoreResult, variables }) =>
          isSameList(variables, observable.variables) && before?.orders !== undefined
            ? { orders: withNextPage(before.orders, fetchMoreResult.orders) }
            : before,
      });
    };
    return (
      <>
        <ul className={styles.lines}>
          {nodes.map((order) => (
            <OrderItem key={order.id} order={order} />
          ))}
        </ul>
        <FormProblem problem={problem} />
        {pageInfo.hasNextPage && (
          <div className={styles.more}>
            <Button
              title={t`Show more`}
              variant="secondary"
              size="small"
              disabled={busy}
              onClick={() => void run(more)}
            />
          </div>
        )}
      </>
    );
  }
}

function OrderItem({
  order: { id, number, status, paymentStatus, total, currency, orderedAt },
}: {
  readonly order: OrderRowFragment;
}) {
  const format = useFormat();
  return (
    <li className={styles.line}>
      <Link to={`/orders/${id}`} className={styles.name}>
        {number}
      </Link>
      <span className={styles.details}>
        <OrderStatusTag status={status} />
        <PaymentStatusTag status={paymentStatus} />
        <span>{format.date(orderedAt)}</span>
      </span>
      <span className={styles.amount}>{format.money(total, currency)}</span>
    </li>
  );
}
