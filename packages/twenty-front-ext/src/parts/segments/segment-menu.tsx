import { useLingui } from '@lingui/react/macro';
import {
  IconChartPie,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import type { SegmentItem } from './segment.ts';
import styles from './segments.module.css';

interface SegmentMenuProps {
  readonly segments: readonly SegmentItem[];
  readonly chosen: SegmentItem | null;
  /** Whether filters hold beside the segment. */
  readonly isNarrowed: boolean;
  readonly onChoose: (segment: SegmentItem) => void;
  readonly onNew: () => void;
  /** Puts the filters that hold beside the segment into it. */
  readonly onKeep: (segment: SegmentItem) => void;
  readonly onRename: (segment: SegmentItem) => void;
  readonly onDelete: (segment: SegmentItem) => void;
}

/** Saved filters of a list: own ones, and those that colleagues share. */
export function SegmentMenu({
  segments,
  chosen,
  isNarrowed,
  onChoose,
  onNew,
  onKeep,
  onRename,
  onDelete,
}: SegmentMenuProps) {
  const { t } = useLingui();
  return (
    <Menu
      trigger={
        <ToolbarButton className={styles.trigger}>
          <IconChartPie size={16} aria-hidden />
          <span className={styles.name}>{chosen?.name ?? t`Segments`}</span>
        </ToolbarButton>
      }
    >
      {segments.map((segment) => (
        <MenuItem
          key={segment.id}
          Icon={segment.shared ? IconUsers : IconChartPie}
          onSelect={() => onChoose(segment)}
        >
          {segment.name}
          {segment.shared && <span className="visually-hidden">, {t`shared`}</span>}
        </MenuItem>
      ))}
      {segments.length > 0 && <MenuSeparator />}
      <MenuItem Icon={IconPlus} disabled={!isNarrowed} onSelect={onNew}>
        {t`Save the filters as a segment`}
      </MenuItem>
      {chosen?.editable === true && (
        <>
          <MenuItem Icon={IconDeviceFloppy} disabled={!isNarrowed} onSelect={() => onKeep(chosen)}>
            {t`Put the filters into ${chosen.name}`}
          </MenuItem>
          <MenuItem Icon={IconPencil} onSelect={() => onRename(chosen)}>
            {t`Rename or share ${chosen.name}`}
          </MenuItem>
          <MenuItem Icon={IconTrash} danger onSelect={() => onDelete(chosen)}>
            {t`Delete ${chosen.name}`}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
