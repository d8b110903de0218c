import { MAIN_COLOR_NAMES } from 'twenty-ui/theme';
import type { ThemeColor } from 'twenty-ui/theme';
import type { PipelineDefinition } from 'twenty-mak-domain';
import styles from './stage-tag.module.css';

interface StageTagProps {
  readonly pipeline: PipelineDefinition | null;
  readonly stage: string;
}

/** A stage by its title and its colour as a dot, which needs no contrast; by its key when the pipeline no longer has it. */
export function StageTag({ pipeline, stage }: StageTagProps) {
  const color = themeColor(stageIn(pipeline, stage)?.color);
  return (
    <span className={styles.stage}>
      <span
        className={styles.dot}
        style={{ backgroundColor: `var(--t-color-${color})` }}
        aria-hidden
      />
      <span className={styles.title}>{stageTitle(pipeline, stage)}</span>
    </span>
  );
}

export function stageTitle(pipeline: PipelineDefinition | null, stage: string): string {
  return stageIn(pipeline, stage)?.title ?? stage;
}

function stageIn(pipeline: PipelineDefinition | null, stage: string) {
  return [...(pipeline?.stages ?? []), ...(pipeline?.endings ?? [])].find(
    ({ key }) => key === stage,
  );
}

/** One of twenty's colours; grey for any other. */
export function themeColor(name: string | null | undefined): ThemeColor {
  return MAIN_COLOR_NAMES.find((color) => color === name) ?? 'gray';
}
