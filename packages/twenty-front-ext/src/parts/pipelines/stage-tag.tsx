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
  const found = [...(pipeline?.stages ?? []), ...(pipeline?.endings ?? [])].find(
    ({ key }) => key === stage,
  );
  return <Tag color={themeColor(found?.color)} text={found?.title ?? stage} />;
}

/** One of twenty's colours; grey for any other. */
export function themeColor(name: string | null | undefined): ThemeColor {
  return MAIN_COLOR_NAMES.find((color) => color === name) ?? 'gray';
}
