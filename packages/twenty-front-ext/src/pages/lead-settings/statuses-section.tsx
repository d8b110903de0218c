import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, LightIconButton } from 'twenty-ui/input';
import type { LeadKind, LeadRulesFragment } from '../../generated/graphql.ts';
import { LEAD_KINDS, useKindNames } from '../../parts/leads/lead-kinds.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { Section } from '../../ui/section/section.tsx';
import { moved } from '../../ui/sortable/moved.ts';
import { Sortable } from '../../ui/sortable/sortable.tsx';
import { keyOf } from './choice-key.ts';
import styles from './lead-settings.module.css';

type Status = LeadRulesFragment['statuses'][number];

interface StatusesSectionProps {
  readonly statuses: readonly Status[];
  readonly onChange: (statuses: readonly Status[]) => void;
}

/** The tenant's statuses. What a status means to the rules is its kind. */
export function StatusesSection({ statuses, onChange }: StatusesSectionProps) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const [typed, setTyped] = useState('');
  const options = LEAD_KINDS.map((kind) => ({ value: kind, label: kinds[kind] }));
  const add = (): void => {
    const title = typed.trim();
    if (title === '') return;
    const kind: LeadKind = 'working';
    const key = keyOf(title, statuses);
    onChange([...statuses, { key, title, kind, entryFor: [], reasonNeeded: false }]);
    setTyped('');
  };
  return (
    <Section
      title={t`Statuses`}
      text={t`Each status stands for a kind, which is what rules look at. The first status of a kind is where a rule puts a lead.`}
    >
      <Sortable
        label={t`Statuses in their order`}
        items={statuses.map(({ key, title }) => ({ key, name: title }))}
        onMove={(from, to) => onChange(moved(statuses, from, to))}
      >
        {(index, handle) => {
          const status = statuses[index];
          if (status === undefined) return null;
          const set = (change: Partial<Status>): void =>
            onChange(statuses.with(index, { ...status, ...change }));
          return (
            <div className={styles.row}>
              {handle}
              <div className={styles.word}>
                <TextField
                  label={t`Name of ${status.key}`}
                  labelHidden
                  maxLength={200}
                  value={status.title}
                  onChange={(title) => set({ title })}
                />
              </div>
              <SelectField
                label={t`Kind of ${status.title}`}
                labelHidden
                value={status.kind}
                options={options}
                onChange={(kind) => set({ kind })}
              />
              <CheckboxField
                label={t`Asks for a reason`}
                checked={status.reasonNeeded}
                onChange={(reasonNeeded) => set({ reasonNeeded })}
              />
              <LightIconButton
                Icon={IconTrash}
                aria-label={t`Remove ${status.title}`}
                onClick={() => onChange(statuses.toSpliced(index, 1))}
              />
            </div>
          );
        }}
      </Sortable>
      <div className={styles.row}>
        <div className={styles.word}>
          <TextField
            label={t`New status`}
            labelHidden
            placeholder={t`New status`}
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
          ariaLabel={t`Add a status`}
          variant="secondary"
          onClick={add}
        />
      </div>
    </Section>
  );
}
