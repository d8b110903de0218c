import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { isSameList, withFirstPage, withNextPage } from '../../app/data/page-list.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientOrdersDocument } from '../../generated/graphql.ts';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import { OrderStatusTag, PaymentStatusTag } from '../../parts/orders/order-tags.tsx';
import { useOrderChanges } from '../../parts/orders/use-order-changes.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { LineList } from './line-list.tsx';
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
  const orders = data?.orders;
  const more = (): Promise<unknown> =>
    fetchMore({
      variables: { after: orders?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult, variables }) =>
        isSameList(variables, observable.variables) && before?.orders !== undefined
          ? { orders: withNextPage(before.orders, fetchMoreResult.orders) }
          : before,
    });
  return (
    <Card title={t`Orders`} action={<Link to={`/orders?client=${id}`}>{t`All in the list`}</Link>}>
      <LineList
        lines={orders?.nodes.map((order) => <OrderItem key={order.id} order={order} />) ?? null}
        error={error}
        none={t`No orders yet.`}
        height={80}
        onMore={orders?.pageInfo.hasNextPage === true ? more : null}
        onRetry={refetch}
      />
    </Card>
  );
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
