import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { BuyNow } from './buy-now.tsx';
import styles from './lot.module.css';
import { quickAmounts } from './quick-amounts.ts';
import { useBid } from './use-bid.ts';

/** A bid on a lot with a rising price or with sealed bids. */
export function BidForm({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { money } = useFormat();
  const [text, setText] = useState('');
  const bidding = useBid(lot);
  const { problem, busy, unsure, bid, forget } = bidding;
  const { currency, kind, ownAmount, buyNow } = lot;
  const least = lot.minimumBid ?? lot.start ?? lot.reserve ?? 0;
  const amount = readMoney(text, currency);
  const isSealed = kind === 'sealed';
  const isLow = amount !== null && amount < least;
  const buys = amount !== null && buyNow !== null && amount >= buyNow;

  const wrong =
    text.trim() === '' || (amount !== null && amount === unsure)
      ? null
      : amount === null
        ? t`This is no amount.`
        : isLow
          ? t`The least that can be bid now is ${money(least, currency)}.`
          : isSealed && ownAmount !== null && amount <= ownAmount
            ? t`A sealed bid can only be raised.`
            : null;
  const type = (next: string): void => {
    setText(next);
    forget();
  };
  const submit = async (): Promise<void> => {
    if (amount !== null && (await bid(amount))) setText('');
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      {isSealed && (
        <p className={styles.label}>
          {t`Nobody sees your bid. The highest wins and pays the second highest, alone the least price. It can be raised until the end.`}
        </p>
      )}
      <TextField
        label={t`Your bid, ${currency}`}
        hint={t`At least ${money(least, currency)}`}
        error={wrong}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        value={text}
        onChange={type}
      />
      {!isSealed && (
        <div className={styles.quick} role="group" aria-label={t`Quick amounts`}>
          {quickAmounts(least, lot.step ?? 0, buyNow).map((value) => (
            <Button
              key={value}
              type="button"
              size="small"
              variant="secondary"
              title={money(value, currency)}
              ariaLabel={money(value, currency)}
              onClick={() => type(moneyText(value, currency))}
            />
          ))}
        </div>
      )}
      {buys && <p className={styles.label}>{t`This buys the lot at once.`}</p>}
      <div className={styles.actions}>
        <Button
          type="submit"
          variant="primary"
          accent="blue"
          title={amount === null ? t`Bid` : t`Bid ${money(amount, currency)}`}
          disabled={busy || amount === null || wrong !== null}
        />
        {buyNow !== null && <BuyNow lot={lot} price={buyNow} bidding={bidding} />}
      </div>
    </Form>
  );
}
