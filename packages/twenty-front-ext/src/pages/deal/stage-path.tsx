import { useLingui } from '@lingui/react/macro';
import { IconCheck, IconPointFilled } from '@tabler/icons-react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useNow } from '../../ui/clock/clock.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { pathOf } from './path-of.ts';
import styles from './stage-path.module.css';

interface StagePathProps {
  readonly pipeline: PipelineDefinition | null;
  readonly stage: string;
  readonly since: string;
}

/** The stages from first to last, and how far the deal is. */
export function StagePath({ pipeline, stage, since }: StagePathProps) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow();
  if (pipeline === null) return <Skeleton height={32} />;
  const span = format.duration(now - Date.parse(since));
  return (
    <ol className={styles.path} aria-label={t`Stages`}>
      {pathOf(pipeline, stage).map(({ key, title, state }) => (
        <li
          key={key}
          className={styles.step}
          data-state={state}
          aria-current={state === 'current' || state === 'ended' ? 'step' : undefined}
        >
          {state === 'passed' && <IconCheck size={14} aria-hidden />}
          {(state === 'current' || state === 'ended') && <IconPointFilled size={14} aria-hidden />}
          <span>
            {title}
            {state === 'passed' && <span className="visually-hidden">, {t`passed`}</span>}
          </span>
          {(state === 'current' || state === 'ended') && (
            <span className={styles.since} title={t`since ${format.dateTime(since)}`}>
              {span}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
