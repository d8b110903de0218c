import { MAIN_COLOR_NAMES } from 'twenty-ui/theme';
import type { ThemeColor } from 'twenty-ui/theme';
import { Tag } from 'twenty-ui/data-display';
import type { PipelineDefinition } from 'twenty-mak-domain';

interface StageTagProps {
  readonly pipeline: PipelineDefinition | null;
  readonly stage: string;
}

/** A stage by its title and colour; by its key when the pipeline no longer has it. */
export function StageTag({ pipeline, stage }: StageTagProps) {
  return (
    <Tag color={themeColor(stageIn(pipeline, stage)?.color)} text={stageTitle(pipeline, stage)} />
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
