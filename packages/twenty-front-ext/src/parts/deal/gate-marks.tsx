import { useLingui } from '@lingui/react/macro';
import styles from './gate-marks.module.css';

interface GateDefinition {
  readonly key: string;
  readonly title: string;
}

interface GateMarksProps {
  readonly gates: readonly GateDefinition[];
  readonly held: readonly string[];
  /** Gates that do not hold although a later one does. */
  readonly missing: readonly string[];
}

/** One small mark per gate: filled when it holds, hollow when not, crossed when it is missing. */
export function GateMarks({ gates, held, missing }: GateMarksProps) {
  const { t } = useLingui();
  const names = gates.filter(({ key }) => held.includes(key)).map(({ title }) => title);
  const summary = names.length === 0 ? t`No gate holds` : t`Gates: ${names.join(', ')}`;
  return (
    <span className={styles.marks}>
      <span className="visually-hidden">{summary}</span>
      {gates.map(({ key, title }) => (
        <span
          key={key}
          className={styles.mark}
          data-state={stateOf(key, held, missing)}
          title={title}
          aria-hidden
        />
      ))}
    </span>
  );
}

function stateOf(gate: string, held: readonly string[], missing: readonly string[]): string {
  if (held.includes(gate)) return 'held';
  return missing.includes(gate) ? 'missing' : 'open';
}
