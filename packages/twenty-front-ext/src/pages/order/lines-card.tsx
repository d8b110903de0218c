import { useLingui } from '@lingui/react/macro';
import type { OrderDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Table } from '../../ui/table/table.tsx';
import styles from './order-page.module.css';

type Line = OrderDetailFragment['lines'][number];

/** What is bought, and what it comes to. */
export function LinesCard({ order }: { readonly order: OrderDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { lines, currency, discount, shippingPrice, total } = order;
  const money = (amount: number): string => format.money(amount, currency);
  const hasDiscounts = lines.some((line) => line.discount > 0);
  return (
    <Card title={t`What is bought`}>
      {lines.length === 0 ? (
        <p className={styles.quiet}>{t`No lines.`}</p>
      ) : (
        <Table
          label={t`What is bought`}
          head={[
            t({ message: 'Name', context: 'of an article' }),
            { numeric: t`Quantity` },
            { numeric: t`Price` },
            ...(hasDiscounts ? [{ numeric: t`Discount` }] : []),
          ]}
        >
          {lines.map((line, index) => (
            <tr key={index}>
              <td>
                <LineName line={line} />
              </td>
              <td data-numeric>{format.number(line.quantity)}</td>
              <td data-numeric>{money(line.price)}</td>
              {hasDiscounts && (
                <td data-numeric>{line.discount === 0 ? '' : money(line.discount)}</td>
              )}
            </tr>
          ))}
        </Table>
      )}
      <dl className={styles.sums}>
        {discount > 0 && <Sum name={t`Discount on the order`} value={`−${money(discount)}`} />}
        {shippingPrice > 0 && <Sum name={t`Price of shipping`} value={money(shippingPrice)} />}
        <Sum name={t`Total`} value={money(total)} strong />
      </dl>
    </Card>
  );
}

function LineName({ line: { name, sku, properties } }: { readonly line: Line }) {
  const details = [
    ...(sku === null ? [] : [sku]),
    ...properties.map((one) => `${one.name}: ${one.value}`),
  ];
  return (
    <>
      {name}
      {details.length > 0 && <div className={styles.quiet}>{details.join(' · ')}</div>}
    </>
  );
}

function Sum({
  name,
  value,
  strong = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly strong?: boolean;
}) {
  return (
    <div className={styles.sum} data-strong={strong}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
