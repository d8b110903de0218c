import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, LightIconButton } from 'twenty-ui/input';
import { TextField } from '../../ui/form/text-field.tsx';
import { Section } from '../../ui/section/section.tsx';
import { moved } from '../../ui/sortable/moved.ts';
import { Sortable } from '../../ui/sortable/sortable.tsx';
import { keyOf } from './choice-key.ts';
import type { Choice } from './choice-key.ts';
import styles from './lead-settings.module.css';

interface ChoicesSectionProps<Word extends Choice> {
  readonly title: string;
  readonly text: string;
  readonly addLabel: string;
  readonly choices: readonly Word[];
  /** A new word as the list has it. */
  readonly make: (choice: Choice) => Word;
  readonly onChange: (choices: readonly Word[]) => void;
  /** What a word says besides its name. */
  readonly more?: (choice: Word, set: (change: Partial<Word>) => void) => ReactNode;
}

/** A list of the tenant's own words. A word keeps its key when it is renamed, so leads keep it too. */
export function ChoicesSection<Word extends Choice>({
  title,
  text,
  addLabel,
  choices,
  make,
  onChange,
  more,
}: ChoicesSectionProps<Word>) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const add = (): void => {
    const word = typed.trim();
    if (word === '') return;
    onChange([...choices, make({ key: keyOf(word, choices), title: word })]);
    setTyped('');
  };
  return (
    <Section title={title} text={text}>
      <Sortable
        label={t`${title} in their order`}
        items={choices.map((choice) => ({ key: choice.key, name: choice.title }))}
        onMove={(from, to) => onChange(moved(choices, from, to))}
      >
        {(index, handle) => {
          const choice = choices[index];
          if (choice === undefined) return null;
          const set = (change: Partial<Word>): void =>
            onChange(choices.with(index, { ...choice, ...change }));
          return (
            <div className={styles.row}>
              {handle}
              <div className={styles.word}>
                <TextField
                  label={t`Name of ${choice.key}`}
                  labelHidden
                  maxLength={200}
                  value={choice.title}
                  onChange={(word) => onChange(choices.with(index, { ...choice, title: word }))}
                />
              </div>
              {more?.(choice, set)}
              <LightIconButton
                Icon={IconTrash}
                aria-label={t`Remove ${choice.title}`}
                onClick={() => onChange(choices.toSpliced(index, 1))}
              />
            </div>
          );
        }}
      </Sortable>
      <div className={styles.row}>
        <div className={styles.word}>
          <TextField
            label={addLabel}
            labelHidden
            placeholder={addLabel}
            maxLength={200}
            value={typed}
            onChange={setTyped}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
        </div>
        <Button
          type="button"
          Icon={IconPlus}
          title={t`Add`}
          ariaLabel={t`Add to ${title}`}
          variant="secondary"
          onClick={add}
        />
      </div>
    </Section>
  );
}
