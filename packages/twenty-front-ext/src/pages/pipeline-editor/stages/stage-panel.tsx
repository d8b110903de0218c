import { useLingui } from '@lingui/react/macro';
import { renameStage } from 'twenty-mak-domain';
import type { StageDefinition } from 'twenty-mak-domain';
import { ColorField } from '../../../ui/form/color-field.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { TokensField } from '../../../ui/form/tokens-field.tsx';
import { CelField } from '../cel/cel-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { compact, replaced } from '../draft/lists.ts';
import { KeyField } from '../items/key-field.tsx';
import { FieldGrid } from '../items/section.tsx';
import styles from '../items/items.module.css';
import { SUGGESTED } from '../items/suggested.tsx';
import { BusinessStageCases } from './business-stage-cases.tsx';
import { rolesOf, systemsOf } from './vocabulary.ts';

interface StagePanelProps {
  readonly stage: StageDefinition;
  readonly index: number;
  readonly onChange: (stage: StageDefinition, step?: string) => void;
}

export function StagePanel({ stage, index, onChange }: StagePanelProps) {
  const { t } = useLingui();
  const { definition, readOnly, change } = useEditor();
  const set = (part: Partial<StageDefinition>, step?: string): void =>
    onChange(compact({ ...stage, ...part }, ['key', 'title']), step);
  return (
    <>
      <FieldGrid>
        <TextField
          label={t`Name`}
          value={stage.title}
          disabled={readOnly}
          onChange={(title) => set({ title }, 'title')}
        />
        <KeyField
          value={stage.key}
          onRename={(key) => {
            const edited = renameStage(definition, stage.key, { key });
            if (edited.ok) change(edited.value);
            return edited.ok ? null : edited.refusal;
          }}
        />
        <SelectField
          label={t`Kind`}
          value={stage.kind ?? 'open'}
          disabled={readOnly}
          options={[
            { value: 'open', label: t`Open` },
            { value: 'won', label: t`Won` },
          ]}
          onChange={(kind) =>
            onChange(kind === 'won' ? { ...stage, kind } : { ...withoutKind(stage) })
          }
        />
        <TextField
          label={t`Business stage`}
          hint={t`What sales people call it.`}
          value={stage.businessStage ?? ''}
          disabled={readOnly}
          onChange={(businessStage) => set({ businessStage }, 'businessStage')}
        />
        <TextField
          label={t`Responsible role`}
          hint={t`Breaches escalate to it first.`}
          list={SUGGESTED.roles}
          value={stage.responsible ?? ''}
          disabled={readOnly}
          onChange={(responsible) => set({ responsible }, 'responsible')}
        />
      </FieldGrid>
      <ColorField
        label={t`Colour`}
        value={stage.color ?? 'gray'}
        disabled={readOnly}
        onChange={(color) => set({ color })}
      />
      <FieldGrid>
        <TokensField
          label={t`Roles that work here`}
          values={stage.roles ?? []}
          suggestions={rolesOf(definition)}
          disabled={readOnly}
          onChange={(roles) => set({ roles })}
        />
        <TokensField
          label={t`Systems`}
          values={stage.systems ?? []}
          suggestions={systemsOf(definition)}
          disabled={readOnly}
          onChange={(systems) => set({ systems })}
        />
      </FieldGrid>
      <BusinessStageCases
        cases={stage.businessStageWhen ?? []}
        field={`stages.${index}.businessStageWhen`}
        onChange={(businessStageWhen, step) =>
          set({ businessStageWhen }, step === undefined ? undefined : `case.${step}`)
        }
      />
      <RulesOfStage stage={stage} first={index === 0} />
    </>
  );
}

/** The rules of a stage beside the stage itself; their order among the others is changed on the page of the rules. */
function RulesOfStage({
  stage,
  first,
}: {
  readonly stage: StageDefinition;
  readonly first: boolean;
}) {
  const { t } = useLingui();
  const { definition, change } = useEditor();
  const { rules } = definition;
  const own = [...rules.entries()].filter(([, rule]) => rule.stage === stage.key);
  if (own.length === 0)
    return (
      <p className={styles.label}>
        {first ? t`A deal is here when no rule holds.` : t`No rule leads here yet.`}
      </p>
    );
  return own.map(([index, rule]) => (
    <CelField
      key={index}
      label={t`A deal is here when no earlier rule holds and`}
      value={rule.when}
      field={`rules.${index}.when`}
      onChange={(when) =>
        change(
          { ...definition, rules: replaced(rules, index, { ...rule, when }) },
          `rules.${index}.when`,
        )
      }
    />
  ));
}

function withoutKind({ kind: _kind, ...stage }: StageDefinition): StageDefinition {
  return stage;
}
