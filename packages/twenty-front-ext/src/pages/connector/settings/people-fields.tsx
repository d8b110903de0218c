import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button, LightIconButton } from 'twenty-ui/input';
import { TextField } from '../../../ui/form/text-field.tsx';
import type { Pair } from './settings-values.ts';
import styles from '../connector.module.css';

interface PeopleFieldsProps {
  readonly people: readonly Pair[];
  readonly onChange: (people: readonly Pair[]) => void;
}

/** People by both of their addresses, one pair a line. */
export function PeopleFields({ people, onChange }: PeopleFieldsProps) {
  const { t } = useLingui();
  const set = (index: number, part: Partial<Pair>): void =>
    onChange(people.map((pair, at) => (at === index ? { ...pair, ...part } : pair)));
  return (
    <>
      {people.map(({ mak, twenty }, index) => {
        const place = index + 1;
        return (
          // Lines have nothing but their place that tells them apart while they are typed.
          <div key={place} className={styles.pair}>
            <TextField
              label={t`Address in MaK, line ${place}`}
              labelHidden
              type="email"
              placeholder={t`in MaK`}
              value={mak}
              onChange={(text) => set(index, { mak: text })}
            />
            <TextField
              label={t`Address in twenty, line ${place}`}
              labelHidden
              type="email"
              placeholder={t`in twenty`}
              value={twenty}
              onChange={(text) => set(index, { twenty: text })}
            />
            <LightIconButton
              Icon={IconTrash}
              aria-label={t`Remove line ${place}`}
              onClick={() => onChange(people.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      <div>
        <Button
          type="button"
          Icon={IconPlus}
          title={t`Add a person`}
          variant="secondary"
          size="small"
          onClick={() => onChange([...people, { mak: '', twenty: '' }])}
        />
      </div>
    </>
  );
}
