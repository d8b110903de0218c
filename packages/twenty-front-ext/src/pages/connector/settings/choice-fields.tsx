import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { TextArea } from '../../../ui/form/text-area.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { withChoice } from './choices.ts';
import type { ChoiceValues } from './choices.ts';
import styles from '../connector.module.css';

type Kind = ConnectorLineFragment['entities'][number];

interface ChoiceFieldsProps {
  /** Kinds that are kept equal. */
  readonly kinds: readonly Kind[];
  readonly choices: readonly ChoiceValues[];
  readonly onChange: (choices: readonly ChoiceValues[]) => void;
}

/** To which records of each kind the sync is limited. */
export function ChoiceFields({ kinds, choices, onChange }: ChoiceFieldsProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  return kinds.map((kind) => {
    const { name } = kind;
    const choice = choices.find(({ entity }) => entity === name) ?? null;
    const records = texts.kind(name);
    const set = (now: ChoiceValues | null): void => onChange(withChoice(choices, name, now));
    return (
      <div key={name} className={styles.choice}>
        <CheckboxField
          label={t`Only chosen records: ${records}`}
          checked={choice !== null}
          onChange={(on) => set(on ? { ...NOTHING, entity: name } : null)}
        />
        {choice !== null && (
          <Choice
            kind={kind}
            records={records}
            choice={choice}
            onChange={(part) => set({ ...choice, ...part })}
          />
        )}
      </div>
    );
  });
}

const NOTHING = { pipelines: [], ids: '', createdThere: true } as const;

interface ChoiceProps {
  readonly kind: Kind;
  /** The kind in words. */
  readonly records: string;
  readonly choice: ChoiceValues;
  readonly onChange: (part: Partial<ChoiceValues>) => void;
}

function Choice({ kind: { fields }, records, choice, onChange }: ChoiceProps) {
  const { t } = useLingui();
  const { pipelines } = usePipelines();
  const hasPipeline = fields.some(({ field }) => field === 'pipeline');
  const comesIn = fields.some(({ directions }) => directions.some((one) => one !== 'out'));
  return (
    <div className={styles.limits}>
      {hasPipeline && pipelines !== null && (
        <CheckboxGroup
          label={t`${records} of these pipelines`}
          values={choice.pipelines}
          options={pipelines.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(chosen) => onChange({ pipelines: chosen })}
        />
      )}
      <TextArea
        label={t`${records} with these ids in MaK`}
        hint={t`One a line. Without pipelines and ids, all are kept equal.`}
        value={choice.ids}
        spellCheck={false}
        onChange={(ids) => onChange({ ids })}
      />
      {comesIn && (
        <CheckboxField
          label={t`Bring over what only the other system has: ${records}`}
          checked={choice.createdThere}
          onChange={(createdThere) => onChange({ createdThere })}
        />
      )}
    </div>
  );
}
