import { useLingui } from '@lingui/react/macro';
import type { PossibleMove, RecordableFact } from 'twenty-mak-domain';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { BoardGrouping } from '../../generated/graphql.ts';
import { factChoice } from '../../parts/record-fact/fact-choices.ts';
import type { FactChoice } from '../../parts/record-fact/fact-choices.ts';
import { RecordFactDialog } from '../../parts/record-fact/record-fact-dialog.tsx';
import type { RecordedFact } from '../../parts/record-fact/record-fact-dialog.tsx';
import { useFactUndo } from '../../parts/record-fact/use-fact-undo.ts';
import type { Moves } from '../../parts/pipelines/moves.ts';
import { useMoves } from '../../parts/pipelines/use-moves.ts';
import { Board } from '../../ui/board/board.tsx';
import type { Verdict, Verdicts } from '../../ui/board/types.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { columnOf } from './board-state.ts';
import type { ColumnState } from './board-state.ts';
import { CARD_HEIGHT, DealCard, GatesContext } from './deal-card.tsx';
import type { CardDeal } from './deal-card.tsx';
import { NotPossibleDialog } from './not-possible-dialog.tsx';
import { useCards } from './use-cards.ts';
import type { BoardHandle, BoardView } from './use-board.ts';
import { useMissingText } from './use-missing-text.ts';

interface PipelineBoardProps {
  readonly view: Extract<BoardView, { kind: 'ready' }>;
  readonly handle: BoardHandle;
  readonly groupBy: BoardGrouping;
}

/** What a drop led to. */
type Dropped =
  | {
      readonly kind: 'record';
      readonly card: CardDeal;
      /** Null: a fact that was chosen, wherever it leads. */
      readonly column: string | null;
      readonly choices: readonly FactChoice[];
    }
  | {
      readonly kind: 'explain';
      readonly card: CardDeal;
      readonly column: string;
      readonly move: PossibleMove | undefined;
    };

/** The board of one pipeline. A drop never sets a stage: it records the fact from which the stage follows. */
export function PipelineBoard({
  view: { pipeline, title, board },
  handle,
  groupBy,
}: PipelineBoardProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const undoFor = useFactUndo();
  const textOf = useProblemText();
  const missingText = useMissingText(pipeline.definition);
  const movable = useMay('deals:write');
  const movesOf = useMoves(pipeline);
  const columns = useCards(board);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const { moveForNow, refresh, loadMore } = handle;

  const verdictsOf = useCallback(
    async ({ deal }: CardDeal): Promise<Verdicts> => {
      const moves = await movesOf(deal);
      const here = columnOf(board, deal, groupBy);
      return new Map(
        board.columns.map((column): [string, Verdict] => {
          if (column.key === here) return [column.key, { kind: 'here' }];
          if (factsTo(column, moves, groupBy).length > 0) return [column.key, { kind: 'possible' }];
          return [column.key, { kind: 'impossible', reason: missingText(stageOf(column, moves)) }];
        }),
      );
    },
    [board, groupBy, movesOf, missingText],
  );

  const drop = useCallback(
    (card: CardDeal, key: string) => {
      const column = board.columns.find((one) => one.key === key);
      if (column === undefined) return;
      movesOf(card.deal).then(
        (moves) => {
          const facts = factsTo(column, moves, groupBy);
          if (facts.length === 0) {
            setDropped({ kind: 'explain', card, column: key, move: stageOf(column, moves) });
            return;
          }
          moveForNow(card.deal, key);
          const choices = facts.map(({ effects }) => factChoice(pipeline.definition, effects));
          setDropped({ kind: 'record', card, column: key, choices });
        },
        (error: unknown) => snackbar.error(textOf(problemOf(error))),
      );
    },
    [board, groupBy, movesOf, moveForNow, pipeline, snackbar, textOf],
  );

  const open = useCallback(({ id }: CardDeal) => navigate(`/deals/${id}`), [navigate]);

  /** Whatever was shown for now, the server says how it is. */
  const settle = (card: CardDeal): void => {
    setDropped(null);
    refresh([card.id]).catch((error: unknown) => {
      const home = columnOf(board, card.deal, groupBy);
      if (home !== null) moveForNow(card.deal, home);
      snackbar.error(textOf(problemOf(error)));
    });
  };
  const titleOf = (column: string): string =>
    columns.find(({ key }) => key === column)?.title ?? column;
  const tell = async (
    { card, column }: Extract<Dropped, { kind: 'record' }>,
    recorded: RecordedFact,
  ): Promise<void> => {
    settle(card);
    // The deal is judged as it was before the fact.
    const hint = await movesOf(card.deal).then(
      ({ undoOf }) => undoOf(recorded.choice.effects),
      () => null,
    );
    const undo = undoFor(recorded, hint, () => settle(card));
    const to = column === null ? null : titleOf(column);
    snackbar.success(to === null ? t`Recorded` : t`Recorded. ${card.name} goes to ${to}.`, undo);
  };

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
          title={dropped.column === null ? t`Record a fact` : t`Move to ${titleOf(dropped.column)}`}
          choices={dropped.choices}
          onClose={() => settle(dropped.card)}
          onRecorded={(recorded) => void tell(dropped, recorded)}
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
              column: null,
              choices,
            })
          }
        />
      )}
    </GatesContext>
  );
}

/** Facts that lead into a column. */
function factsTo(
  { stages, businessStage }: ColumnState,
  { facts }: Moves,
  groupBy: BoardGrouping,
): readonly RecordableFact[] {
  return facts.filter(
    (fact) =>
      stages.includes(fact.stage) && (groupBy === 'stage' || fact.businessStage === businessStage),
  );
}

/** What is missing for a column: what its first stage needs. */
function stageOf({ stages }: ColumnState, moves: Moves): PossibleMove | undefined {
  return moves.stages.find(({ stage }) => stages.includes(stage));
}
