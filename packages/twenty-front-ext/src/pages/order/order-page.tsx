import { useLingui } from '@lingui/react/macro';
import { IconPencil, IconShoppingCart } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import type { OrderDetailFragment } from '../../generated/graphql.ts';
import { SyncCard } from '../../parts/record-sync/sync-card.tsx';
import { Card } from '../../ui/card/card.tsx';
import { Fact, Facts } from '../../ui/facts/facts.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { EditOrderDialog } from './edit-order-dialog.tsx';
import { LinesCard } from './lines-card.tsx';
import { OrderState } from './order-state.tsx';
import { PaymentsCard } from './payments-card.tsx';
import { useOrder } from './use-order.ts';
import styles from './order-page.module.css';

/** Everything about one order; another order is another page. */
export function Component() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  return (
    <Permitted
      permission="catalogue:read"
      otherwise={{
        title: t({ message: 'Order', context: 'what a client buys' }),
        Icon: IconShoppingCart,
      }}
    >
      <OrderPage key={id} id={id} />
    </Permitted>
  );
}

function OrderPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { order, problem, revision, reload } = useOrder(id);
  // The order as it was when somebody began to edit it.
  const [edited, setEdited] = useState<OrderDetailFragment | null>(null);
  const mayWrite = useMay('catalogue:write');
  const maySeeClients = useMay('deals:read');
  if (order === null)
    return (
      <Page title={t({ message: 'Order', context: 'what a client buys' })} Icon={IconShoppingCart}>
        {problem === null ? <OrderSkeleton /> : <ErrorState problem={problem} onRetry={reload} />}
      </Page>
    );
  return (
    <Page
      title={order.number}
      Icon={IconShoppingCart}
      actions={
        mayWrite &&
        maySeeClients && (
          <Button
            Icon={IconPencil}
            title={t`Edit`}
            variant="secondary"
            size="small"
            onClick={() => setEdited(order)}
          />
        )
      }
    >
      <OrderState order={order} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <LinesCard order={order} />
          <PaymentsCard order={order} />
        </div>
        <div className={styles.column}>
          <FactsCard order={order} />
          <SyncCard kind="order" id={id} revision={revision} />
        </div>
      </div>
      {edited !== null && <EditOrderDialog order={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function FactsCard({ order }: { readonly order: OrderDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { clientId, client, carrier, trackingCode, comment, orderedAt, updatedAt } = order;
  return (
    <Card title={t({ message: 'Order', context: 'what a client buys' })}>
      <Facts>
        <Fact name={t`Client`}>
          {client === null ? clientId : <Link to={`/clients/${client.id}`}>{client.name}</Link>}
        </Fact>
        <Fact name={t`Ordered`}>{format.dateTime(orderedAt)}</Fact>
        <Fact name={t`Carrier`}>{carrier}</Fact>
        <Fact name={t`Tracking code`}>{trackingCode}</Fact>
        <Fact name={t`Updated`}>{format.dateTime(updatedAt)}</Fact>
        <Fact name={t`Comment`} wide>
          {comment}
        </Fact>
      </Facts>
    </Card>
  );
}

function OrderSkeleton() {
  return (
    <Loading>
      <Skeleton height={32} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height={240} />
          <Skeleton height={160} />
        </div>
        <div className={styles.column}>
          <Skeleton height={200} />
        </div>
      </div>
    </Loading>
  );
}
