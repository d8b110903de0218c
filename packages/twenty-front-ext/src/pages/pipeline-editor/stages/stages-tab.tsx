import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Tag } from 'twenty-ui/data-display';
import { addStage, reorderStages } from 'twenty-mak-domain';
import type { EndingDefinition, StageDefinition } from 'twenty-mak-domain';
import { themeColor } from '../../../parts/pipelines/stage-tag.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { freeKey, replaced } from '../draft/lists.ts';
import { ItemList } from '../items/item-list.tsx';
import { Section } from '../items/section.tsx';
import { DeleteStageDialog } from './delete-stage-dialog.tsx';
import { EndingPanel } from './ending-panel.tsx';
import { StagePanel } from './stage-panel.tsx';

/** The board from left to right, and the endings that only events reach. */
export function StagesTab() {
  const { t } = useLingui();
  const { definition, change } = useEditor();
  const [deleting, setDeleting] = useState<StageDefinition | null>(null);
  const { stages, endings = [] } = definition;

  const reorder = (next: readonly StageDefinition[]): void => {
    const edited = reorderStages(
      definition,
      next.map(({ key }) => key),
    );
    if (edited.ok) change(edited.value);
  };
  const add = (): void => {
    const taken = [...stages, ...endings].map(({ key }) => key);
    const key = freeKey('stage', taken);
    const stage: StageDefinition = { key, title: t`New stage`, color: 'gray' };
    const edited = addStage(definition, { stage, when: '' });
    if (edited.ok) change(edited.value);
  };
  const addEnding = (): void => {
    const taken = [...stages, ...endings].map(({ key }) => key);
    const ending: EndingDefinition = {
      key: freeKey('ending', taken),
      title: t`New ending`,
      outcome: 'lost',
      color: 'red',
    };
    change({ ...definition, endings: [...endings, ending] });
  };

  return (
    <>
      <Section
        title={t`Stages`}
        text={
          <Trans>
            The order is that of the board. Deals begin in the first stage; the rules say when they
            are in another one.
          </Trans>
        }
      >
        <ItemList
          label={t`Stages`}
          field="stages"
          items={stages}
          nameOf={({ title }) => title}
          summary={(stage, index) => <StageSummary stage={stage} first={index === 0} />}
          panel={(stage, index) => (
            <StagePanel
              stage={stage}
              index={index}
              onChange={(next, step) =>
                change(
                  { ...definition, stages: replaced(stages, index, next) },
                  step === undefined ? undefined : `stages.${index}.${step}`,
                )
              }
            />
          )}
          onChange={reorder}
          onRemove={(stage) => setDeleting(stage)}
          addLabel={t`Add stage`}
          onAdd={add}
          empty={t`There are no stages.`}
        />
      </Section>
      <Section
        title={t`Endings`}
        text={<Trans>Only an event that ends the deal leads here, never a rule.</Trans>}
      >
        <ItemList
          label={t`Endings`}
          field="endings"
          items={endings}
          nameOf={({ title }) => title}
          summary={({ key, color, outcome }) => (
            <>
              <Tag color={themeColor(color)} text={outcome === 'won' ? t`Won` : t`Lost`} />
              <code>{key}</code>
            </>
          )}
          panel={(ending, index) => (
            <EndingPanel
              ending={ending}
              onChange={(next, step) =>
                change(
                  { ...definition, endings: replaced(endings, index, next) },
                  step === undefined ? undefined : `endings.${index}.${step}`,
                )
              }
            />
          )}
          onChange={(next) => change({ ...definition, endings: next })}
          addLabel={t`Add ending`}
          onAdd={addEnding}
          empty={t`No event ends a deal here.`}
        />
      </Section>
      {deleting !== null && (
        <DeleteStageDialog stage={deleting} onClose={() => setDeleting(null)} />
      )}
    </>
  );
}

function StageSummary({
  stage,
  first,
}: {
  readonly stage: StageDefinition;
  readonly first: boolean;
}) {
  const { t } = useLingui();
  return (
    <>
      <Tag color={themeColor(stage.color)} text={stage.key} />
      {stage.businessStage}
      {first && <span>· {t`first`}</span>}
      {stage.kind === 'won' && <span>· {t`won`}</span>}
    </>
  );
}
