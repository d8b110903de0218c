import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button, LightIconButton } from 'twenty-ui/input';
import { TextField } from '../../../ui/form/text-field.tsx';
import type { Pair } from './own-settings.ts';
import styles from '../connector.module.css';

interface Side {
  readonly label: (place: number) => string;
  readonly placeholder: string;
  readonly type: 'text' | 'email' | 'number';
}

interface PairFieldsProps {
  readonly pairs: readonly Pair[];
  readonly mak: Side;
  readonly there: Side;
  readonly add: string;
  /** What is wrong with a line. */
  readonly errorAt: (index: number) => string | null;
  readonly onChange: (pairs: readonly Pair[]) => void;
}

/** What something is called on both sides, one pair a line. */
export function PairFields({ pairs, mak, there, add, errorAt, onChange }: PairFieldsProps) {
  const { t } = useLingui();
  const set = (index: number, part: Partial<Pair>): void =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...part } : pair)));
  return (
    <>
      {pairs.map((pair, index) => {
        const place = index + 1;
        return (
          // Lines have nothing but their place that tells them apart while they are typed.
          <div key={place} className={styles.pair}>
            <TextField
              label={mak.label(place)}
              labelHidden
              type={mak.type}
              placeholder={mak.placeholder}
              error={errorAt(index)}
              value={pair.mak}
              onChange={(text) => set(index, { mak: text })}
            />
            <TextField
              label={there.label(place)}
              labelHidden
              type={there.type}
              {...(there.type === 'number' ? { min: 1, step: 1 } : {})}
              placeholder={there.placeholder}
              value={pair.there}
              onChange={(text) => set(index, { there: text })}
            />
            <LightIconButton
              Icon={IconTrash}
              aria-label={t`Remove line ${place}`}
              onClick={() => onChange(pairs.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      <div>
        <Button
          type="button"
          Icon={IconPlus}
          title={add}
          variant="secondary"
          size="small"
          onClick={() => onChange([...pairs, { mak: '', there: '' }])}
        />
      </div>
    </>
  );
}
