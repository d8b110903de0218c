import { Trans, useLingui } from '@lingui/react/macro';
import type { MissingFacts, PipelineDefinition, PossibleMove } from 'twenty-mak-domain';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import styles from './what-if.module.css';

interface NextMovesProps {
  readonly moves: readonly PossibleMove[];
  readonly definition: PipelineDefinition;
}

/** For every other stage: the events that lead there at once, or the facts that are missing. */
export function NextMoves({ moves, definition }: NextMovesProps) {
  const { t } = useLingui();
  return (
    <>
      <h3 className={styles.title}>{t`From here to`}</h3>
      <ul className={styles.moves}>
        {moves.map((move) => (
          <li key={move.stage}>
            <StageTag pipeline={definition} stage={move.stage} />
            <Way move={move} definition={definition} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Way({
  move: { events, missing },
  definition,
}: {
  readonly move: PossibleMove;
  readonly definition: PipelineDefinition;
}) {
  const { t } = useLingui();
  if (events.length > 0) {
    const named = events.map(({ type, data }) => {
      const { system, stage } = data;
      return system === undefined || stage === undefined ? type : t`${system} is in ${stage}`;
    });
    return <span>{[...new Set(named)].join(', ')}</span>;
  }
  if (missing === null) return <span>{t`no way from here`}</span>;
  return (
    <span>
      <Missing missing={missing} definition={definition} />
    </span>
  );
}

function Missing({
  missing: { set, clear, domains },
  definition,
}: {
  readonly missing: MissingFacts;
  readonly definition: PipelineDefinition;
}) {
  const { t } = useLingui();
  const titles = new Map(definition.gates.map(({ key, title }) => [key, title]));
  const named = (keys: readonly string[]): string =>
    keys.map((key) => titles.get(key) ?? key).join(', ');
  const [toSet, toClear] = [named(set), named(clear)];
  const parts = [
    toSet !== '' && t`true: ${toSet}`,
    toClear !== '' && t`no longer true: ${toClear}`,
    ...Object.entries(domains).map(([system, stage]) =>
      stage === null ? t`${system} is elsewhere` : t`${system} is in ${stage}`,
    ),
  ].filter((one) => one !== false);
  const needed = parts.join(' · ');
  return <Trans>needs {needed}</Trans>;
}
