import { useLingui } from '@lingui/react/macro';
import type { Target, TimerDefinition } from 'twenty-mak-domain';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { TokensField } from '../../../ui/form/tokens-field.tsx';
import { CelField } from '../cel/cel-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { compact } from '../draft/lists.ts';
import { KeyField } from '../items/key-field.tsx';
import { FieldGrid } from '../items/section.tsx';
import { systemsOf } from '../stages/vocabulary.ts';

interface TimerPanelProps {
  readonly timer: TimerDefinition;
  readonly index: number;
  readonly onChange: (timer: TimerDefinition, step?: string) => void;
}

export function TimerPanel({ timer, index, onChange }: TimerPanelProps) {
  const { t } = useLingui();
  const { definition, readOnly } = useEditor();
  const { target } = timer;
  const set = (part: Partial<TimerDefinition>, step?: string): void =>
    onChange(compact({ ...timer, ...part }, ['key', 'start', 'stop', 'target']), step);
  const field = `timers.${index}`;
  return (
    <>
      <FieldGrid>
        <TextField
          label={t`Name`}
          value={timer.title ?? ''}
          disabled={readOnly}
          onChange={(title) => set({ title }, 'title')}
        />
        <KeyField
          value={timer.key}
          onRename={(key) => {
            const taken = (definition.timers ?? []).some((one) => one.key === key);
            if (taken)
              return { code: 'duplicate_key', reason: `The key \`${key}\` is used twice.` };
            set({ key });
            return null;
          }}
        />
      </FieldGrid>
      <CelField
        label={t`Runs from when`}
        value={timer.start}
        field={`${field}.start`}
        created
        onChange={(start) => set({ start }, 'start')}
      />
      <CelField
        label={t`Stops when`}
        value={timer.stop}
        field={`${field}.stop`}
        created
        onChange={(stop) => set({ stop }, 'stop')}
      />
      <FieldGrid>
        <TextField
          label={t`Target`}
          type="number"
          min={1}
          step={1}
          value={Number.isNaN(target.amount) ? '' : String(target.amount)}
          disabled={readOnly}
          onChange={(amount) =>
            set({ target: { ...target, amount: Number.parseInt(amount, 10) } }, 'target')
          }
        />
        <SelectField<Target['unit']>
          label={t`Unit`}
          value={target.unit}
          disabled={readOnly}
          options={[
            { value: 'minutes', label: t`Minutes` },
            { value: 'hours', label: t`Hours` },
            { value: 'days', label: t`Days` },
          ]}
          onChange={(unit) => set({ target: { ...target, unit } })}
        />
        <SelectField
          label={t`Calendar`}
          hint={t`Without one, time runs day and night.`}
          value={timer.calendar ?? ''}
          disabled={readOnly}
          options={[
            { value: '', label: t`Day and night` },
            ...Object.keys(definition.calendars ?? {}).map((key) => ({ value: key, label: key })),
          ]}
          onChange={(calendar) => set({ calendar })}
        />
        <TokensField
          label={t`Accountable systems`}
          hint={t`The first hears of a breach first.`}
          values={timer.accountable ?? []}
          suggestions={systemsOf(definition)}
          disabled={readOnly}
          onChange={(accountable) => set({ accountable })}
        />
      </FieldGrid>
    </>
  );
}
