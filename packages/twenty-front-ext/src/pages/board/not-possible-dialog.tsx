import { Trans, useLingui } from '@lingui/react/macro';
import type { PipelineDefinition, PossibleMove } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { factChoice } from '../../parts/record-fact/fact-choices.ts';
import type { FactChoice } from '../../parts/record-fact/fact-choices.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import type { CardDeal } from './deal-card.tsx';
import styles from './not-possible-dialog.module.css';
import { useMissingText } from './use-missing-text.ts';

interface NotPossibleDialogProps {
  readonly card: CardDeal;
  readonly column: string;
  /** Undefined: the column is of the stage in which the deal is. */
  readonly move: PossibleMove | undefined;
  readonly definition: PipelineDefinition;
  readonly onClose: () => void;
  /** The person goes on to record one of the missing facts. */
  readonly onRecord: (choices: readonly FactChoice[]) => void;
}

/** Says why a drop changed nothing, and what would lead there. */
export function NotPossibleDialog({
  card,
  column,
  move,
  definition,
  onClose,
  onRecord,
}: NotPossibleDialogProps) {
  const { t } = useLingui();
  const missingText = useMissingText(definition);
  const steps = (move?.missing?.set ?? []).map((gate) => ({
    gate,
    title: definition.gates.find(({ key }) => key === gate)?.title ?? gate,
    choices: definition.events
      .filter(({ creates, sets = [] }) => creates !== true && sets.includes(gate))
      .map((mapping) => factChoice(definition, mapping)),
  }));
  return (
    <Dialog
      open
      title={t`${column} is not possible yet`}
      description={card.name}
      size="medium"
      onClose={onClose}
    >
      <p>
        <Trans>The stage of a deal follows from facts; nobody sets it by hand.</Trans>{' '}
        {missingText(move)}
      </p>
      {steps.length > 0 && (
        <ul className={styles.steps}>
          {steps.map(({ gate, title, choices }) => (
            <li key={gate} className={styles.step}>
              <span>{title}</span>
              {choices.length > 0 && (
                <Button
                  title={t`Record`}
                  ariaLabel={t`Record ${title}`}
                  size="small"
                  variant="secondary"
                  onClick={() => onRecord(choices)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button title={t`Close`} variant="secondary" onClick={onClose} />
      </div>
    </Dialog>
  );
}
