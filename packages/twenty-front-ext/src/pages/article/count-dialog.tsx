import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CountStocksDocument } from '../../generated/graphql.ts';
import type { ArticleDetailFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { draftOf, isCounted, onNow, stockOf } from './count-draft.ts';
import { readCount } from './read-count.ts';
import { useReadArticle } from './use-article.ts';
import styles from './article-page.module.css';

type Stock = ArticleDetailFragment['stocks'][number];

/** How many there are in a warehouse. What a stock system or somebody else has counted meanwhile is shown first. */
export function CountDialog({
  article: { id, sku },
  stock,
  onClose,
  onCounted,
}: {
  readonly article: Pick<ArticleDetailFragment, 'id' | 'sku'>;
  /** As it is now; null: of a warehouse that is not known yet. */
  readonly stock: Stock | null;
  readonly onClose: () => void;
  readonly onCounted: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useApolloClient();
  const read = useReadArticle(id);
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [warehouse, setWarehouse] = useState(stock?.warehouse ?? '');
  const [seen, setSeen] = useState<Stock | null>(stock);
  const [notice, setNotice] = useState<string | null>(null);
  const [draft, setDraft] = useState(() => draftOf(stock));
  const { quantity, reserved } = draft;
  const [counted, kept] = [readCount(quantity), readCount(reserved)];
  const wrong = t`Type a number with up to three decimals.`;
  const unfit = warehouse.trim() === '' || counted === null || kept === null || kept < 0;
  const submit = async (): Promise<void> => {
    if (unfit) return;
    const place = warehouse.trim();
    const line = { sku, warehouse: place, quantity: counted, reserved: kept };
    setNotice(null);
    await run(async () => {
      const now = stockOf((await read()).stocks, place);
      const known = seen?.warehouse === place ? seen : null;
      if (isCounted(known, now)) {
        show(known, now);
        return;
      }
      await client.mutate({ mutation: CountStocksDocument, variables: { stocks: [line] } });
      snackbar.success(t`Saved`);
      onCounted();
      onClose();
    });
  };
  const show = (known: Stock | null, now: Stock | null): void => {
    const there = format.number(now?.quantity ?? 0);
    const waiting = format.number(now?.reserved ?? 0);
    setSeen(now);
    setDraft(onNow(draft, known, now));
    setNotice(
      t`The numbers have changed meanwhile: ${there} in stock, ${waiting} of them reserved. What you typed stays; save again if it is right.`,
    );
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
          onChange={(typed) => setDraft({ ...draft, quantity: typed })}
        />
        <TextField
          label={t`Reserved`}
          hint={t`Of these so many wait in orders.`}
          inputMode="decimal"
          maxLength={20}
          error={reserved !== '' && (kept ?? -1) < 0 ? wrong : null}
          value={reserved}
          onChange={(typed) => setDraft({ ...draft, reserved: typed })}
        />
      </FieldPair>
      {notice !== null && (
        <p role="alert" className={styles.notice}>
          {notice}
        </p>
      )}
    </FormDialog>
  );
}
