import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CountStocksDocument } from '../../generated/graphql.ts';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { readCount } from './read-count.ts';

type Stock = ArticleDetailFragment['stocks'][number];

/** How many there are in a warehouse; a stock system that counts later says it anew. */
export function CountDialog({
  sku,
  stock,
  onClose,
  onCounted,
}: {
  readonly sku: string;
  /** Null: of a warehouse that is not known yet. */
  readonly stock: Stock | null;
  readonly onClose: () => void;
  readonly onCounted: () => void;
}) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [warehouse, setWarehouse] = useState(stock?.warehouse ?? '');
  const [quantity, setQuantity] = useState(stock === null ? '' : String(stock.quantity));
  const [reserved, setReserved] = useState(stock === null ? '0' : String(stock.reserved));
  const [counted, kept] = [readCount(quantity), readCount(reserved)];
  const wrong = t`Type a number with up to three decimals.`;
  const unfit = warehouse.trim() === '' || counted === null || kept === null || kept < 0;
  const submit = async (): Promise<void> => {
    if (unfit) return;
    const line = { sku, warehouse: warehouse.trim(), quantity: counted, reserved: kept };
    const failed = await run(async () => {
      await client.mutate({ mutation: CountStocksDocument, variables: { stocks: [line] } });
    });
    if (failed !== null) return;
    snackbar.success(t`Saved`);
    onCounted();
    onClose();
  };
  return (
    <FormDialog
      title={t`Count the stock`}
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={unfit}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`Warehouse`}
        maxLength={100}
        readOnly={stock !== null}
        value={warehouse}
        onChange={setWarehouse}
      />
      <FieldPair>
        <TextField
          label={t`In stock`}
          inputMode="decimal"
          maxLength={20}
          error={quantity !== '' && counted === null ? wrong : null}
          value={quantity}
          onChange={setQuantity}
        />
        <TextField
          label={t`Reserved`}
          hint={t`Of these so many wait in orders.`}
          inputMode="decimal"
          maxLength={20}
          error={reserved !== '' && (kept ?? -1) < 0 ? wrong : null}
          value={reserved}
          onChange={setReserved}
        />
      </FieldPair>
    </FormDialog>
  );
}
