import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
import type { DropResult, ResponderProvided, DragStart, DragUpdate } from '@hello-pangea/dnd';
import { useLingui } from '@lingui/react/macro';
import { IconGripVertical } from '@tabler/icons-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './sortable.module.css';

export interface SortableItem {
  /** Stays with the item when it moves. */
  readonly key: string;
  /** What a screen reader calls it. */
  readonly name: string;
}

interface SortableProps {
  readonly label: string;
  readonly items: readonly SortableItem[];
  readonly disabled?: boolean;
  readonly onMove: (from: number, to: number) => void;
  /** One item; the handle is where it is taken, by mouse, finger or keyboard. */
  readonly children: (index: number, handle: ReactNode) => ReactNode;
}

/** A list whose order is changed by drag and drop: Space takes an item, arrows move it, Space drops it, Escape gives up. */
export function Sortable({ label, items, disabled = false, onMove, children }: SortableProps) {
  const { t } = useLingui();
  const id = useId();
  const nameAt = (index: number): string => items[index]?.name ?? '';
  const place = (index: number): number => index + 1;
  const { length } = items;

  const tellStart = ({ source }: DragStart, { announce }: ResponderProvided): void => {
    const [name, from] = [nameAt(source.index), place(source.index)];
    announce(
      t`${name} is taken. It is at place ${from} of ${length}. Move it with the arrow keys.`,
    );
  };
  const tellMove = ({ source, destination }: DragUpdate, { announce }: ResponderProvided): void => {
    const name = nameAt(source.index);
    if (destination === null) {
      announce(t`${name} is outside of the list.`);
      return;
    }
    const to = place(destination.index);
    announce(t`${name} is now at place ${to} of ${length}.`);
  };
  const end = ({ source, destination }: DropResult, { announce }: ResponderProvided): void => {
    const name = nameAt(source.index);
    if (destination === null || destination.index === source.index) {
      announce(t`${name} stays where it was.`);
      return;
    }
    const to = place(destination.index);
    announce(t`${name} is moved to place ${to} of ${length}.`);
    onMove(source.index, destination.index);
  };

  return (
    <DragDropContext
      onDragStart={tellStart}
      onDragUpdate={tellMove}
      onDragEnd={end}
      dragHandleUsageInstructions={t`Press Space to take it, move it with the arrow keys, press Space again to drop it, or Escape to leave it where it was.`}
    >
      <Droppable droppableId={id} isDropDisabled={disabled}>
        {({ innerRef, droppableProps, placeholder }) => (
          <ol className={styles.list} aria-label={label} ref={innerRef} {...droppableProps}>
            {items.map(({ key, name }, index) => (
              <Draggable key={key} draggableId={key} index={index} isDragDisabled={disabled}>
                {(provided, { isDragging }) => (
                  <li
                    ref={provided.innerRef}
                    className={styles.item}
                    data-dragging={isDragging}
                    {...provided.draggableProps}
                  >
                    {children(
                      index,
                      provided.dragHandleProps !== null && !disabled && (
                        <span
                          className={styles.handle}
                          {...provided.dragHandleProps}
                          aria-label={t`Move ${name}`}
                        >
                          <IconGripVertical size={16} aria-hidden />
                        </span>
                      ),
                    )}
                  </li>
                )}
              </Draggable>
            ))}
            {placeholder}
          </ol>
        )}
      </Droppable>
    </DragDropContext>
  );
}
