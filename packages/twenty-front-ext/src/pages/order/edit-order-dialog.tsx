import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { EditOrderDocument } from '../../generated/graphql.ts';
import type { OrderDetailFragment } from '../../generated/graphql.ts';
import {
  changedFields,
  DRAFT_FIELDS,
  draftOf,
  isReadable,
  partOf,
} from '../../parts/orders/order-draft.ts';
import type { OrderDraft } from '../../parts/orders/order-draft.ts';
import { OrderFields } from '../../parts/orders/order-fields.tsx';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useReadOrder } from './use-order.ts';

type Values = OrderDraft & { readonly version: number };

const valuesOf = (order: OrderDetailFragment): Values => ({
  ...draftOf(order),
  version: order.version,
});

/** Edits an order. What somebody else changes meanwhile stays; where both changed the same the person chooses. */
export function EditOrderDialog({
  order,
  onClose,
}: {
  readonly order: OrderDetailFragment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const read = useReadOrder(order.id);
  const show = useDraftTexts();
  const { currency } = order;
  const seen = valuesOf(order);
  const [draft, setDraft] = useState<OrderDraft>(() => draftOf(order));
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<Values>({
    read: async () => valuesOf(await read()),
    send: async (version, changes) => {
      const fields = DRAFT_FIELDS.filter((field) => field in changes);
      const own = partOf({ ...draft, ...changes }, currency, fields);
      const { data } = await client.mutate({
        mutation: EditOrderDocument,
        variables: { id: order.id, input: { ...own, version } },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return valuesOf(data.editOrder);
    },
    onSaved: () => {
      snackbar.success(t`Saved`);
      onClose();
    },
  });
  const submit = async (): Promise<void> => {
    const fields = changedFields(draftOf(order), draft, currency);
    if (fields.length === 0) onClose();
    else await save(seen, Object.fromEntries(fields.map((field) => [field, draft[field]])));
  };
  return (
    <>
      <FormDialog
        size="large"
        title={t`Edit order`}
        action={t`Save`}
        problem={problem}
        busy={busy}
        unfit={!isReadable(draft, currency)}
        onSubmit={submit}
        onClose={onClose}
      >
        <OrderFields value={draft} currency={currency} onChange={setDraft} />
      </FormDialog>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields
            .filter((field) => field !== 'version')
            .map((field) => ({
              label: show.names[field],
              mine: show.text({ ...draft, ...conflict.changes }, field),
              theirs: show.text(conflict.now, field),
            }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </>
  );
}

/** Fields of a draft in words, to compare two of them. */
function useDraftTexts() {
  const { t } = useLingui();
  return {
    names: {
      client: t`Client`,
      lines: t`What is bought`,
      discount: t`Discount on the order`,
      shippingPrice: t`Price of shipping`,
      carrier: t`Carrier`,
      trackingCode: t`Tracking code`,
      comment: t`Comment`,
    },
    text: (draft: OrderDraft, field: keyof OrderDraft): string => {
      if (field === 'client') return draft.client?.name ?? t`empty`;
      if (field === 'lines')
        return (
          draft.lines
            .map(({ name, quantity, price }) => `${name} × ${quantity}, ${price}`)
            .join('; ') || t`empty`
        );
      return draft[field] || t`empty`;
    },
  };
}
