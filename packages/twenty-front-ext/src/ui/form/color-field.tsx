import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useId } from 'react';
import styles from './color-field.module.css';

/** Colours of twenty's options, as its own select fields offer them. */
const COLORS = {
  gray: msg`Gray`,
  sky: msg`Sky`,
  blue: msg`Blue`,
  turquoise: msg`Turquoise`,
  green: msg`Green`,
  yellow: msg`Yellow`,
  orange: msg`Orange`,
  red: msg`Red`,
  pink: msg`Pink`,
  purple: msg`Purple`,
} satisfies Record<string, MessageDescriptor>;

type ThemeColorName = keyof typeof COLORS;
const NAMES = Object.keys(COLORS) as ThemeColorName[];

interface ColorFieldProps {
  readonly label: string;
  /** None of them is chosen when it is another one. */
  readonly value: string;
  readonly onChange: (color: ThemeColorName) => void;
  readonly disabled?: boolean;
}

/** One of the theme's colours, each with its name. */
export function ColorField({ label, value, onChange, disabled = false }: ColorFieldProps) {
  const { i18n } = useLingui();
  const name = useId();
  return (
    <fieldset className={styles.field} disabled={disabled}>
      <legend>{label}</legend>
      <div className={styles.swatches}>
        {NAMES.map((color) => (
          <label
            key={color}
            className={styles.swatch}
            title={i18n._(COLORS[color])}
            style={{ background: `var(--t-color-${color})` }}
          >
            <input
              type="radio"
              name={name}
              value={color}
              checked={value === color}
              aria-label={i18n._(COLORS[color])}
              onChange={() => onChange(color)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
