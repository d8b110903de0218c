import { useLingui } from '@lingui/react/macro';
import { TextArea } from '../../ui/form/text-area.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import { ClientPicker } from '../clients/client-picker.tsx';
import { LineFields } from './line-fields.tsx';
import { readPrice } from './order-draft.ts';
import type { OrderDraft } from './order-draft.ts';

interface OrderFieldsProps {
  readonly value: OrderDraft;
  readonly currency: string;
  readonly onChange: (draft: OrderDraft) => void;
}

/** Everything that people write about an order. */
export function OrderFields({ value, currency, onChange }: OrderFieldsProps) {
  const { t } = useLingui();
  const set = (change: Partial<OrderDraft>): void => onChange({ ...value, ...change });
  const noAmount = t`Type an amount, e.g. 1500.`;
  const wrong = (text: string): string | null =>
    readPrice(text, currency) === null ? noAmount : null;
  return (
    <>
      <ClientPicker label={t`Client`} value={value.client} onChange={(client) => set({ client })} />
      <LineFields value={value.lines} currency={currency} onChange={(lines) => set({ lines })} />
      <FieldPair>
        <TextField
          label={t`Discount on the order, ${currency}`}
          inputMode="decimal"
          maxLength={30}
          error={wrong(value.discount)}
          value={value.discount}
          onChange={(discount) => set({ discount })}
        />
        <TextField
          label={t`Price of shipping, ${currency}`}
          inputMode="decimal"
          maxLength={30}
          error={wrong(value.shippingPrice)}
          value={value.shippingPrice}
          onChange={(shippingPrice) => set({ shippingPrice })}
        />
      </FieldPair>
      <FieldPair>
        <TextField
          label={t`Carrier`}
          maxLength={100}
          value={value.carrier}
          onChange={(carrier) => set({ carrier })}
        />
        <TextField
          label={t`Tracking code`}
          maxLength={100}
          value={value.trackingCode}
          onChange={(trackingCode) => set({ trackingCode })}
        />
      </FieldPair>
      <TextArea
        label={t`Comment`}
        hint={t`No names, telephone numbers or addresses of people: those stand with the client.`}
        maxLength={10_000}
        value={value.comment}
        onChange={(comment) => set({ comment })}
      />
    </>
  );
}
