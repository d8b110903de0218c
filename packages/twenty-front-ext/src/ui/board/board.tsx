import { DragDropContext, useMouseSensor, useTouchSensor } from '@hello-pangea/dnd';
import type { DragStart, DragUpdate, DropResult } from '@hello-pangea/dnd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ComponentType, Ref } from 'react';
import { Announcer } from './announcer.tsx';
import { BoardColumnView } from './board-column.tsx';
import styles from './board.module.css';
import type { BoardCard, BoardColumn, Verdicts } from './types.ts';
import { useKeyboardCarry } from './use-keyboard-carry.ts';
import { useMoveTexts } from './use-move-texts.ts';
import { columnOfZone } from './zone.ts';

export interface BoardProps<Card extends BoardCard> {
  /** What a screen reader calls the board. */
  readonly label: string;
  readonly columns: readonly BoardColumn<Card>[];
  /** Body of a card; memoised, because pointer moves must not render it again. */
  readonly CardBody: ComponentType<{ readonly card: Card }>;
  /** Height of every card in pixels, with the gap below it. */
  readonly cardHeight: number;
  /** False where the person may not move anything. */
  readonly movable: boolean;
  /** Where a card may go; asked when it is lifted. */
  readonly verdictsOf: (card: Card) => Promise<Verdicts>;
  readonly onDrop: (card: Card, column: string) => void;
  readonly onOpen: (card: Card) => void;
  /** The end of what is loaded of a column is near. */
  readonly onEndNear: (column: string) => void;
  readonly scroller?: Ref<HTMLDivElement>;
}

const NOTHING: Verdicts = new Map();

/**
 * Columns of cards. A card is moved with the mouse, by touch, or by keyboard (space, arrows, space). Where it lies
 * inside of a column is a matter of sorting, so only whole columns are targets.
 */
export function Board<Card extends BoardCard>(props: BoardProps<Card>) {
  const {
    label,
    columns,
    CardBody,
    cardHeight,
    movable,
    verdictsOf,
    onDrop,
    onOpen,
    onEndNear,
    scroller,
  } = props;
  const [verdicts, setVerdicts] = useState<Verdicts | null>(null);
  const [message, setMessage] = useState('');
  /** Key of the column over which a card is dragged. */
  const [over, setOver] = useState<string | null>(null);
  const texts = useMoveTexts();
  const lifted = useRef<string | null>(null);

  const cardOf = useCallback(
    (id: string) => columns.flatMap(({ cards }) => cards).find((card) => card.id === id),
    [columns],
  );

  /** Asks for the verdicts; a card that was put down meanwhile gets none. */
  const judge = useCallback(
    async (card: Card): Promise<Verdicts> => {
      lifted.current = card.id;
      setVerdicts(NOTHING);
      const found = await verdictsOf(card).catch(() => NOTHING);
      if (lifted.current === card.id) setVerdicts(found);
      return found;
    },
    [verdictsOf],
  );
  const putDown = useCallback(() => {
    lifted.current = null;
    setVerdicts(null);
  }, []);

  const carry = useKeyboardCarry({ columns, movable, judge, putDown, say: setMessage, onDrop });

  const start = useCallback(
    ({ draggableId }: DragStart) => {
      const card = cardOf(draggableId);
      if (card !== undefined) void judge(card);
    },
    [cardOf, judge],
  );
  const update = useCallback(
    ({ destination }: DragUpdate) => setOver(columnOfZone(destination?.droppableId)),
    [],
  );
  // Said once more when the verdicts come after the move.
  useEffect(() => {
    const column = columns.find(({ key }) => key === over);
    if (column !== undefined && verdicts !== null)
      setMessage(texts.over(column.title, verdicts.get(column.key)));
  }, [columns, over, verdicts, texts]);
  const end = useCallback(
    ({ draggableId, destination, source }: DropResult) => {
      putDown();
      setOver(null);
      setMessage('');
      const target = columnOfZone(destination?.droppableId);
      const card = cardOf(draggableId);
      if (card !== undefined && target !== null && target !== source.droppableId)
        onDrop(card, target);
    },
    [cardOf, onDrop, putDown],
  );

  const sensors = useMemo(() => [useMouseSensor, useTouchSensor], []);

  return (
    <DragDropContext
      sensors={sensors}
      enableDefaultSensors={false}
      onDragStart={start}
      onDragUpdate={update}
      onDragEnd={end}
    >
      <div
        className={styles.board}
        ref={scroller}
        role="group"
        aria-label={label}
        data-lifted={verdicts !== null}
        onKeyDown={carry.onKeyDown}
      >
        {columns.map((column) => (
          <BoardColumnView
            key={column.key}
            column={column}
            CardBody={CardBody}
            cardHeight={cardHeight}
            movable={movable}
            carried={carry.carried}
            targeted={carry.target === column.key}
            verdict={verdicts?.get(column.key) ?? null}
            onOpen={onOpen}
            onEndNear={onEndNear}
          />
        ))}
      </div>
      <p className="visually-hidden" id="board-help">
        {movable ? texts.help : ''}
      </p>
      <Announcer text={message} />
    </DragDropContext>
  );
}
