import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientNameDocument } from '../../generated/graphql.ts';
import { ClientPicker } from '../../parts/clients/client-picker.tsx';
import { ORDER_STATUSES, PAYMENT_STATUSES, useOrderWords } from '../../parts/orders/order-kinds.ts';
import { FilterChips } from '../../ui/chip/filter-chips.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FilterPopover } from '../../ui/popover/filter-popover.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { countFilters, NO_FILTERS } from './order-filters.ts';
import type { OrderFilters } from './order-filters.ts';
import styles from './orders.module.css';

interface OrderFilterBarProps {
  readonly value: OrderFilters;
  readonly onChange: (value: OrderFilters) => void;
}

/** Search, filters and what of them holds now. */
export function OrderFilterBar({ value, onChange }: OrderFilterBarProps) {
  const { t } = useLingui();
  const count = countFilters(value);
  return (
    <div className={styles.bar} role="search" aria-label={t`Orders`}>
      <SearchField
        label={t`Beginning of the number`}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      <FilterPopover count={count}>
        <FilterForm value={value} onChange={onChange} />
      </FilterPopover>
      <OrderFilterChips value={value} onChange={onChange} />
      {count > 0 && (
        <Button
          title={t`Clear all`}
          variant="tertiary"
          size="small"
          onClick={() => onChange({ ...NO_FILTERS, text: value.text })}
        />
      )}
    </div>
  );
}

/** Who may not see clients is shown the id. */
function useClientName(id: string | null): string | null {
  const maySee = useMay('deals:read');
  const { data } = useQuery(ClientNameDocument, {
    variables: { id: id ?? '' },
    skip: id === null || !maySee,
  });
  return id === null ? null : (data?.client.name ?? id);
}

function FilterForm({ value, onChange }: OrderFilterBarProps) {
  const { t } = useLingui();
  const { statuses, paymentStatuses } = useOrderWords();
  const name = useClientName(value.client);
  const maySeeClients = useMay('deals:read');
  const any = { value: '', label: t`Any` } as const;
  return (
    <>
      <SelectField
        label={t`Status`}
        value={value.status ?? ''}
        options={[any, ...ORDER_STATUSES.map((one) => ({ value: one, label: statuses[one] }))]}
        onChange={(status) => onChange({ ...value, status: status === '' ? null : status })}
      />
      <SelectField
        label={t`Payment`}
        value={value.payment ?? ''}
        options={[
          any,
          ...PAYMENT_STATUSES.map((one) => ({ value: one, label: paymentStatuses[one] })),
        ]}
        onChange={(payment) => onChange({ ...value, payment: payment === '' ? null : payment })}
      />
      {maySeeClients && (
        <ClientPicker
          label={t`Client`}
          placeholder={t`Any`}
          value={value.client === null ? null : { id: value.client, name: name ?? value.client }}
          onChange={(client) => onChange({ ...value, client: client?.id ?? null })}
        />
      )}
    </>
  );
}

function OrderFilterChips({ value, onChange }: OrderFilterBarProps) {
  const { t } = useLingui();
  const { statuses, paymentStatuses } = useOrderWords();
  const client = useClientName(value.client);
  const { status, payment } = value;
  const chips = [
    {
      name: t`Status`,
      text: status === null ? null : statuses[status],
      without: { status: null },
    },
    {
      name: t`Payment`,
      text: payment === null ? null : paymentStatuses[payment],
      without: { payment: null },
    },
    { name: t`Client`, text: client, without: { client: null } },
  ];
  return <FilterChips chips={chips} value={value} onChange={onChange} />;
}
