import { useLingui } from '@lingui/react/macro';
import type { PossibleMove } from 'twenty-mak-domain';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import { problemOf } from '../../app/data/problem.ts';
import { factChoice } from '../../parts/record-fact/fact-choices.ts';
import type { FactChoice } from '../../parts/record-fact/fact-choices.ts';
import { RecordFactDialog } from '../../parts/record-fact/record-fact-dialog.tsx';
import { useMoves } from '../../parts/pipeline/use-moves.ts';
import { Board } from '../../ui/board/board.tsx';
import type { Verdict, Verdicts } from '../../ui/board/types.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { CARD_HEIGHT, DealCard, GatesContext } from './deal-card.tsx';
import type { CardDeal } from './deal-card.tsx';
import { NotPossibleDialog } from './not-possible-dialog.tsx';
import { useCards } from './use-cards.ts';
import type { BoardHandle, BoardView } from './use-board.ts';
import { useMissingText } from './use-missing-text.ts';

interface PipelineBoardProps {
  readonly view: Extract<BoardView, { kind: 'ready' }>;
  readonly handle: BoardHandle;
}

/** What a drop led to. */
type Dropped =
  | {
      readonly kind: 'record';
      readonly card: CardDeal;
      readonly column: string;
      readonly choices: readonly FactChoice[];
    }
  | {
      readonly kind: 'explain';
      readonly card: CardDeal;
      readonly column: string;
      readonly move: PossibleMove;
    };

/** The board of one pipeline. A drop never sets a stage: it records the fact from which the stage follows. */
export function PipelineBoard({ view: { pipeline, title, board }, handle }: PipelineBoardProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const missingText = useMissingText(pipeline.definition);
  const movable = useMay('events:write');
  const movesOf = useMoves(pipeline);
  const columns = useCards(board);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const { moveForNow, refresh, loadMore } = handle;

  const verdictsOf = useCallback(
    async ({ deal }: CardDeal): Promise<Verdicts> => {
      const moves = await movesOf(deal);
      const verdicts = new Map<string, Verdict>([[deal.stage, { kind: 'here' }]]);
      for (const move of moves) {
        const possible = move.events.length > 0;
        verdicts.set(
          move.stage,
          possible ? { kind: 'possible' } : { kind: 'impossible', reason: missingText(move) },
        );
      }
      return verdicts;
    },
    [movesOf, missingText],
  );

  const drop = useCallback(
    (card: CardDeal, column: string) => {
      movesOf(card.deal).then(
        (moves) => {
          const move = moves.find(({ stage }) => stage === column);
          if (move === undefined) return;
          if (move.events.length === 0) setDropped({ kind: 'explain', card, column, move });
          else {
            moveForNow(card.deal, column);
            const choices = move.events.map((hint) => factChoice(pipeline.definition, hint));
            setDropped({ kind: 'record', card, column, choices });
          }
        },
        (error: unknown) => snackbar.error(textOf(problemOf(error))),
      );
    },
    [movesOf, moveForNow, pipeline, snackbar, textOf],
  );

  const open = useCallback(({ id }: CardDeal) => navigate(`/deals/${id}`), [navigate]);

  /** Whatever was shown for now, the server says how it is. */
  const settle = (card: CardDeal): void => {
    setDropped(null);
    refresh([card.id]).catch((error: unknown) => {
      moveForNow(card.deal, card.deal.stage);
      snackbar.error(textOf(problemOf(error)));
    });
  };
  const titleOf = (column: string): string =>
    columns.find(({ key }) => key === column)?.title ?? column;

  return (
    <GatesContext value={pipeline.definition.gates}>
      <Board
        label={title}
        columns={columns}
        CardBody={DealCard}
        cardHeight={CARD_HEIGHT}
        movable={movable}
        verdictsOf={verdictsOf}
        onDrop={drop}
        onOpen={open}
        onEndNear={loadMore}
      />
      {dropped?.kind === 'record' && (
        <RecordFactDialog
          deal={dropped.card}
          title={t`Move to ${titleOf(dropped.column)}`}
          choices={dropped.choices}
          onClose={() => settle(dropped.card)}
          onRecorded={() => {
            snackbar.success(t`Recorded. ${dropped.card.name} goes to ${titleOf(dropped.column)}.`);
            settle(dropped.card);
          }}
        />
      )}
      {dropped?.kind === 'explain' && (
        <NotPossibleDialog
          card={dropped.card}
          column={titleOf(dropped.column)}
          move={dropped.move}
          definition={pipeline.definition}
          onClose={() => setDropped(null)}
          onRecord={(choices) =>
            setDropped({
              kind: 'record',
              card: dropped.card,
              column: dropped.card.deal.stage,
              choices,
            })
          }
        />
      )}
    </GatesContext>
  );
}
