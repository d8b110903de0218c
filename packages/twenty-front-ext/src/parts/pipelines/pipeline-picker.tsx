import { useLingui } from '@lingui/react/macro';
import { IconChevronDown } from '@tabler/icons-react';
import { Menu, MenuChoice } from '../../ui/menu/menu.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import type { PipelineHead } from './use-pipelines.ts';
import styles from './pipeline-picker.module.css';

interface PipelinePickerProps {
  readonly pipelines: readonly PipelineHead[];
  readonly value: string;
  readonly onChange: (key: string) => void;
}

/** Which pipeline is shown; nothing when there is no choice. */
export function PipelinePicker({ pipelines, value, onChange }: PipelinePickerProps) {
  const { t } = useLingui();
  if (pipelines.length < 2) return null;
  return (
    <Menu
      trigger={
        <ToolbarButton className={styles.trigger}>
          <span className="visually-hidden">{t`Pipeline:`}</span>
          {pipelines.find(({ key }) => key === value)?.title ?? value}
          <IconChevronDown size={14} aria-hidden />
        </ToolbarButton>
      }
    >
      <MenuChoice
        label={t`Pipeline`}
        value={value}
        options={pipelines.map(({ key, title }) => ({ value: key, label: title }))}
        onChange={onChange}
      />
    </Menu>
  );
}
