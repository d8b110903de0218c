import { useLingui } from '@lingui/react/macro';
import { useMemo, useRef } from 'react';
import type { BoardColumn } from '../../ui/board/types.ts';
import { sumText } from '../../ui/format/sum-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { BoardDeal, BoardState, ColumnState } from './board-state.ts';
import type { CardDeal } from './deal-card.tsx';

/**
 * The board's columns as ui/board takes them. A deal that has not changed keeps its card, and a column whose cards have
 * not changed keeps itself, so that nothing is drawn again without need.
 */
export function useCards({ columns, deals }: BoardState): readonly BoardColumn<CardDeal>[] {
  const { t } = useLingui();
  const format = useFormat();
  const cards = useRef(new WeakMap<BoardDeal, CardDeal>());
  const kept = useRef(new Map<string, { from: ColumnState; column: BoardColumn<CardDeal> }>());

  return useMemo(() => {
    const cardOf = (deal: BoardDeal): CardDeal => {
      const known = cards.current.get(deal);
      if (known !== undefined) return known;
      const card = { id: deal.id, name: deal.name ?? t`Deal without a name`, deal };
      cards.current.set(deal, card);
      return card;
    };
    return columns.map((from) => {
      const before = kept.current.get(from.key);
      const shown = from.ids.map((id) => deals.get(id)).filter((deal) => deal !== undefined);
      const same =
        before?.from === from &&
        before.column.cards.length === shown.length &&
        before.column.cards.every(({ deal }, index) => deal === shown[index]);
      if (same) return before.column;
      const column: BoardColumn<CardDeal> = {
        key: from.key,
        title: from.title,
        color: from.color ?? 'gray',
        count: format.number(from.total),
        summary: sumText(from, format),
        cards: shown.map(cardOf),
        hasMore: from.cursor !== null,
      };
      kept.current.set(from.key, { from, column });
      return column;
    });
  }, [columns, deals, format, t]);
}
