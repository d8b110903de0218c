import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { moneyText, readMoney } from '../format/money-text.ts';
import styles from './amount-range.module.css';
import { TextField } from './text-field.tsx';

interface AmountRangeProps {
  /** Minor units; null is no bound. */
  readonly from: number | null;
  readonly to: number | null;
  readonly currency: string;
  /** Amounts compare within one currency only; without a bound there is none. */
  readonly onChange: (from: number | null, to: number | null, currency: string | null) => void;
}

/** The least and the greatest amount, each of which may be left open. */
export function AmountRange({ from, to, currency, onChange }: AmountRangeProps) {
  const { t } = useLingui();
  const change = (least: number | null, most: number | null): void =>
    onChange(least, most, least === null && most === null ? null : currency);
  return (
    <div className={styles.range}>
      <AmountField
        label={t`Amount from, ${currency}`}
        value={from}
        currency={currency}
        onChange={(minor) => change(minor, to)}
      />
      <AmountField
        label={t`to`}
        value={to}
        currency={currency}
        onChange={(minor) => change(from, minor)}
      />
    </div>
  );
}

interface AmountFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly currency: string;
  readonly onChange: (minor: number | null) => void;
}

function AmountField({ label, value, currency, onChange }: AmountFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(value === null ? '' : moneyText(value, currency));
  const minor = typed.trim() === '' ? null : readMoney(typed, currency);
  const wrong = typed.trim() !== '' && minor === null;
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={typed}
      error={wrong ? t`Type an amount, e.g. 1500.` : null}
      onChange={setTyped}
      onBlur={() => {
        if (!wrong && minor !== value) onChange(minor);
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && !wrong && minor !== value) onChange(minor);
      }}
    />
  );
}
