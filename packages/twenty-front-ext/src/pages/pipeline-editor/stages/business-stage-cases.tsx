import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { BusinessStageCase } from 'twenty-mak-domain';
import { IconButton, LightButton } from 'twenty-ui/input';
import { TextField } from '../../../ui/form/text-field.tsx';
import { CelField } from '../cel/cel-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { compact, replaced } from '../draft/lists.ts';
import { useRowKeys } from '../draft/row-keys.ts';
import styles from '../items/items.module.css';
import { FieldGrid } from '../items/section.tsx';
import { SUGGESTED } from '../items/suggested.tsx';

interface BusinessStageCasesProps {
  readonly cases: readonly BusinessStageCase[];
  readonly field: string;
  readonly onChange: (cases: readonly BusinessStageCase[], step?: string) => void;
}

/** Finer business stages within a stage: the first whose condition holds is shown instead. */
export function BusinessStageCases({ cases, field, onChange }: BusinessStageCasesProps) {
  const { t } = useLingui();
  const { readOnly } = useEditor();
  const keys = useRowKeys(cases);
  const set = (index: number, part: Partial<BusinessStageCase>, step: string): void => {
    const before = cases[index];
    if (before === undefined) return;
    const next = compact({ ...before, ...part }, ['when', 'businessStage']);
    onChange(replaced(cases, index, next), `${index}.${step}`);
  };
  return (
    <>
      {cases.map((one, index) => (
        <div
          key={keys[index]}
          className={styles.part}
          role="group"
          aria-label={t`Other business stage: ${one.businessStage}`}
        >
          <CelField
            label={t`Called differently when`}
            value={one.when}
            field={`${field}.${index}.when`}
            onChange={(when) => set(index, { when }, 'when')}
          />
          <FieldGrid>
            <TextField
              label={t`Business stage then`}
              value={one.businessStage}
              disabled={readOnly}
              onChange={(businessStage) => set(index, { businessStage }, 'businessStage')}
            />
            <TextField
              label={t`Responsible role then`}
              list={SUGGESTED.roles}
              value={one.responsible ?? ''}
              disabled={readOnly}
              onChange={(responsible) => set(index, { responsible }, 'responsible')}
            />
          </FieldGrid>
          {!readOnly && (
            <div>
              <IconButton
                Icon={IconTrash}
                variant="tertiary"
                size="small"
                ariaLabel={t`Remove the other business stage ${one.businessStage}`}
                onClick={() => onChange(cases.toSpliced(index, 1))}
              />
            </div>
          )}
        </div>
      ))}
      {!readOnly && (
        <div>
          <LightButton
            Icon={IconPlus}
            title={t`Add a business stage with a condition`}
            onClick={() => onChange([...cases, { when: '', businessStage: t`New name` }])}
          />
        </div>
      )}
    </>
  );
}
