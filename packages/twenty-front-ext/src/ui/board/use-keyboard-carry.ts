import { useCallback, useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { BoardCard, BoardColumn, Verdicts } from './types.ts';
import { useMoveTexts } from './use-move-texts.ts';

interface CarryOptions<Card extends BoardCard> {
  readonly columns: readonly BoardColumn<Card>[];
  readonly movable: boolean;
  readonly judge: (card: Card) => Promise<Verdicts>;
  readonly putDown: () => void;
  readonly say: (text: string) => void;
  readonly onDrop: (card: Card, column: string) => void;
}

interface Carrying {
  readonly card: string;
  readonly name: string;
  readonly from: number;
  readonly at: number;
  /** Whether an arrow has been pressed since it was lifted. */
  readonly hasMoved: boolean;
  readonly verdicts: Verdicts;
}

export interface Carry {
  /** Id of the card that is carried by keyboard. */
  readonly carried: string | null;
  /** Key of the column over which it is. */
  readonly target: string | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Moving by keyboard: arrows walk over the cards; space lifts the one with the focus, left and right choose a column,
 * also one that is out of sight, space drops, Escape puts back. Every step is said.
 */
export function useKeyboardCarry<Card extends BoardCard>(options: CarryOptions<Card>): Carry {
  const { columns, movable, judge, putDown, say, onDrop } = options;
  const texts = useMoveTexts();
  const [carrying, setCarrying] = useState<Carrying | null>(null);

  const lift = useCallback(
    async (element: HTMLElement, from: number, card: Card) => {
      const column = columns[from];
      if (column === undefined) return;
      say(texts.lifted(card.name, column.title));
      setCarrying({
        card: card.id,
        name: card.name,
        from,
        at: from,
        hasMoved: false,
        verdicts: new Map(),
      });
      const verdicts = await judge(card);
      setCarrying((now) => (now?.card === card.id ? { ...now, verdicts } : now));
      element.focus();
    },
    [columns, judge, say, texts],
  );

  // Said once more when the verdicts come after the arrow.
  useEffect(() => {
    if (carrying?.hasMoved !== true) return;
    const column = columns[carrying.at];
    if (column !== undefined) say(texts.over(column.title, carrying.verdicts.get(column.key)));
  }, [carrying, columns, say, texts]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const element = (event.target as HTMLElement).closest<HTMLElement>('[data-card]');
      if (element === null || event.altKey || event.ctrlKey || event.metaKey) return;
      const from = columns.findIndex(({ key }) => key === element.dataset['column']);
      const card = columns[from]?.cards.find(({ id }) => id === element.dataset['card']);
      if (card === undefined) return;

      if (carrying === null) {
        if (event.key === ' ' && movable) {
          event.preventDefault();
          void lift(element, from, card);
        } else if (event.key.startsWith('Arrow')) {
          event.preventDefault();
          walk(element, event.key);
        }
        return;
      }

      const { at } = carrying;
      const put = (): void => {
        setCarrying(null);
        putDown();
      };
      switch (event.key) {
        case 'ArrowLeft':
        case 'ArrowRight': {
          event.preventDefault();
          const next = Math.min(
            columns.length - 1,
            Math.max(0, at + (event.key === 'ArrowLeft' ? -1 : 1)),
          );
          const column = columns[next];
          if (column === undefined) return;
          setCarrying((now) => (now === null ? now : { ...now, at: next, hasMoved: true }));
          reveal(column.key);
          return;
        }
        case ' ':
        case 'Enter': {
          event.preventDefault();
          const column = columns[at];
          put();
          if (column === undefined) return;
          if (at === carrying.from) say(texts.cancelled(carrying.name, column.title));
          else {
            say(texts.dropped(carrying.name, column.title));
            onDrop(card, column.key);
          }
          return;
        }
        case 'Escape':
        case 'Tab': {
          if (event.key === 'Escape') event.preventDefault();
          put();
          say(texts.cancelled(carrying.name, columns[carrying.from]?.title ?? ''));
          reveal(columns[carrying.from]?.key ?? '');
        }
      }
    },
    [columns, movable, carrying, lift, putDown, say, texts, onDrop],
  );

  return {
    carried: carrying?.card ?? null,
    target: carrying === null ? null : (columns[carrying.at]?.key ?? null),
    onKeyDown,
  };
}

function reveal(column: string): void {
  document
    .querySelector(`[data-board-column="${CSS.escape(column)}"]`)
    ?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

/** Moves the focus to the neighbour in the direction of the arrow. */
function walk(element: HTMLElement, arrow: string): void {
  const column = element.closest<HTMLElement>('[data-board-column]');
  if (column === null) return;
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
    const cards = [...column.querySelectorAll<HTMLElement>('[data-card]')].toSorted(
      (a, b) => index(a) - index(b),
    );
    cards[cards.indexOf(element) + (arrow === 'ArrowUp' ? -1 : 1)]?.focus();
    return;
  }
  let neighbour = column[arrow === 'ArrowLeft' ? 'previousElementSibling' : 'nextElementSibling'];
  while (neighbour !== null) {
    const cards = [...neighbour.querySelectorAll<HTMLElement>('[data-card]')];
    const top = element.getBoundingClientRect().top;
    const distance = (card: HTMLElement): number =>
      Math.abs(card.getBoundingClientRect().top - top);
    const nearest = cards.toSorted((a, b) => distance(a) - distance(b))[0];
    if (nearest !== undefined) {
      nearest.focus();
      return;
    }
    neighbour = neighbour[arrow === 'ArrowLeft' ? 'previousElementSibling' : 'nextElementSibling'];
  }
}

function index(card: HTMLElement): number {
  return Number(card.dataset['index']);
}
