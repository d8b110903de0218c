import { useLingui } from '@lingui/react/macro';
import {
  IconChartPie,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import type { SegmentLineFragment } from '../../generated/graphql.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import type { Segments } from './use-segments.ts';
import { useSegmentSizes } from './use-segment-sizes.ts';
import styles from './segments.module.css';

interface SegmentMenuProps {
  readonly segments: Segments;
  readonly chosen: SegmentLineFragment | null;
  /** Whether filters hold beside the segment. */
  readonly isNarrowed: boolean;
  readonly onChoose: (id: string) => void;
  readonly onNew: () => void;
  /** Puts the filters that hold beside the segment into it. */
  readonly onKeep: (segment: SegmentLineFragment) => void;
  readonly onRename: (segment: SegmentLineFragment) => void;
  readonly onDelete: (segment: SegmentLineFragment) => void;
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
      <SegmentItems segments={segments} onChoose={onChoose} />
      {segments.all.length > 0 && <MenuSeparator />}
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

/** What can be chosen. Its own component, because sizes are counted only for an open menu. */
function SegmentItems({ segments, onChoose }: Pick<SegmentMenuProps, 'segments' | 'onChoose'>) {
  const { t } = useLingui();
  const sizeOf = useSegmentSizes(segments.of);
  return segments.all.map((segment) => (
    <MenuItem
      key={segment.id}
      Icon={segment.shared ? IconUsers : IconChartPie}
      detail={sizeOf(segment.id)}
      onSelect={() => onChoose(segment.id)}
    >
      {segment.name}
      {segment.shared && <span className="visually-hidden">, {t`shared`}</span>}
    </MenuItem>
  ));
}
