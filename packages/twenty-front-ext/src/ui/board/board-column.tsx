import { Draggable, Droppable } from '@hello-pangea/dnd';
import type { DraggableProvided } from '@hello-pangea/dnd';
import { useLingui } from '@lingui/react/macro';
import { IconBan, IconCheck } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useId, useRef } from 'react';
import type { ComponentType } from 'react';
import styles from './board.module.css';
import type { BoardCard, BoardColumn, Verdict } from './types.ts';
import { zoneOf } from './zone.ts';

interface BoardColumnProps<Card extends BoardCard> {
  readonly column: BoardColumn<Card>;
  readonly CardBody: ComponentType<{ readonly card: Card }>;
  readonly cardHeight: number;
  readonly movable: boolean;
  readonly carried: string | null;
  /** A card is carried over it by keyboard. */
  readonly targeted: boolean;
  /** Null while nothing is lifted, or it is not known yet. */
  readonly verdict: Verdict | null;
  readonly onOpen: (card: Card) => void;
  readonly onEndNear: (column: string) => void;
}

/** How many cards are kept ready outside of the window. */
const OVERSCAN = 4;
/** More is asked for when so many are left below the window. */
const AHEAD = 40;
/** How long a column that nobody has scrolled waits with that, in milliseconds: what is in sight comes first. */
const AT_REST = 1_000;

/** One column. Only the cards in sight exist in the page. */
export function BoardColumnView<Card extends BoardCard>(props: BoardColumnProps<Card>) {
  const { column, verdict, targeted } = props;
  const titleId = useId();
  return (
    <section className={styles.column} data-board-column={column.key} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          <span
            className={styles.dot}
            style={{ background: `var(--t-color-${column.color})` }}
            aria-hidden
          />
          <span className={styles.name}>{column.title}</span>
          <span className={styles.count}>{column.count}</span>
        </h2>
        <p className={styles.summary}>{column.summary}</p>
      </header>
      <Cards {...props} />
      <Droppable droppableId={zoneOf(column.key)}>
        {({ innerRef, droppableProps, placeholder }, { isDraggingOver }) => (
          <div
            ref={innerRef}
            {...droppableProps}
            className={styles.zone}
            data-verdict={verdict?.kind ?? 'none'}
            data-over={isDraggingOver || targeted}
          >
            <ZoneText verdict={verdict} />
            <div className={styles.placeholder}>{placeholder}</div>
          </div>
        )}
      </Droppable>
    </section>
  );
}

function ZoneText({ verdict }: { readonly verdict: Verdict | null }) {
  const { t } = useLingui();
  if (verdict === null || verdict.kind === 'here') return null;
  return (
    <p className={styles.verdict}>
      {verdict.kind === 'possible' ? (
        <IconCheck size={16} aria-hidden />
      ) : (
        <IconBan size={16} aria-hidden />
      )}
      {verdict.kind === 'possible' ? t`Possible` : verdict.reason}
    </p>
  );
}

/** Knows nothing of verdicts, so that a lifted card does not render the others again. */
function CardsOf<Card extends BoardCard>({
  column,
  CardBody,
  cardHeight,
  movable,
  carried,
  onOpen,
  onEndNear,
}: BoardColumnProps<Card>) {
  const { t } = useLingui();
  const { key, cards, hasMore } = column;
  const list = useRef<HTMLDivElement | null>(null);
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => list.current,
    estimateSize: () => cardHeight,
    overscan: OVERSCAN,
    getItemKey: (index) => cards[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const near = hasMore && last >= cards.length - AHEAD;
  useEffect(() => {
    if (!near) return undefined;
    const scrolled = list.current !== null && list.current.scrollTop > 0;
    const timer = setTimeout(() => onEndNear(key), scrolled ? 0 : AT_REST);
    return () => clearTimeout(timer);
  }, [near, last, cards.length, key, onEndNear]);

  const card = useCallback((id: string) => cards.find((one) => one.id === id), [cards]);

  return (
    <Droppable
      droppableId={key}
      mode="virtual"
      isDropDisabled
      renderClone={(provided, _snapshot, rubric) => {
        const lifted = card(rubric.draggableId);
        return (
          <div
            ref={provided.innerRef}
            {...provided.draggableProps}
            {...provided.dragHandleProps}
            className={styles.card}
            data-lifted
          >
            {lifted !== undefined && <CardBody card={lifted} />}
          </div>
        );
      }}
    >
      {({ innerRef, droppableProps }) => (
        <div
          {...droppableProps}
          ref={(element) => {
            list.current = element;
            innerRef(element);
          }}
          className={styles.list}
        >
          <ul
            className={styles.cards}
            style={{ height: virtualizer.getTotalSize() }}
            aria-label={column.title}
          >
            {items.map(({ index, start, key: itemKey }) => {
              const one = cards[index];
              if (one === undefined) return null;
              return (
                <li
                  key={itemKey}
                  className={styles.slot}
                  style={{ transform: `translateY(${start}px)`, height: cardHeight }}
                  aria-setsize={hasMore ? -1 : cards.length}
                  aria-posinset={index + 1}
                >
                  <Draggable draggableId={one.id} index={index} isDragDisabled={!movable}>
                    {(provided) => (
                      <Handle
                        provided={provided}
                        card={one}
                        column={key}
                        index={index}
                        carried={carried === one.id}
                        onOpen={onOpen}
                        CardBody={CardBody}
                      />
                    )}
                  </Draggable>
                </li>
              );
            })}
          </ul>
          {cards.length === 0 && !hasMore && <p className={styles.nothing}>{t`No deals`}</p>}
        </div>
      )}
    </Droppable>
  );
}

const Cards = memo(
  CardsOf,
  (before, after) =>
    before.column === after.column &&
    before.CardBody === after.CardBody &&
    before.movable === after.movable &&
    before.onOpen === after.onOpen &&
    before.onEndNear === after.onEndNear &&
    isCarriedIn(before) === isCarriedIn(after),
) as typeof CardsOf;

function isCarriedIn<Card extends BoardCard>({
  column,
  carried,
}: BoardColumnProps<Card>): string | null {
  return carried !== null && column.cards.some(({ id }) => id === carried) ? carried : null;
}

interface HandleProps<Card extends BoardCard> {
  readonly provided: DraggableProvided;
  readonly card: Card;
  readonly column: string;
  readonly index: number;
  readonly carried: boolean;
  readonly onOpen: (card: Card) => void;
  readonly CardBody: ComponentType<{ readonly card: Card }>;
}

function Handle<Card extends BoardCard>({
  provided,
  card,
  column,
  index,
  carried,
  onOpen,
  CardBody,
}: HandleProps<Card>) {
  const { t } = useLingui();
  const { role: _role, 'aria-describedby': _help, ...handle } = provided.dragHandleProps ?? {};
  return (
    <div
      ref={provided.innerRef}
      {...provided.draggableProps}
      {...handle}
      className={styles.card}
      data-card={card.id}
      data-column={column}
      data-index={index}
      data-carried={carried}
      role="button"
      tabIndex={0}
      aria-roledescription={t`deal card`}
      aria-describedby="board-help"
      onClick={() => onOpen(card)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !carried) onOpen(card);
      }}
    >
      <CardBody card={card} />
    </div>
  );
}
