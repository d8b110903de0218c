import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { diffDefinitions } from 'twenty-mak-domain';
import type { Change, PipelineDefinition } from 'twenty-mak-domain';
import styles from './versions.module.css';

interface DiffListProps {
  readonly before: PipelineDefinition;
  readonly after: PipelineDefinition;
  readonly empty: string;
}

/** What differs between two definitions, member by member, with both values. */
export function DiffList({ before, after, empty }: DiffListProps) {
  const { t } = useLingui();
  const changes = useMemo(() => diffDefinitions(before, after), [before, after]);
  const words = {
    added: t`Added`,
    removed: t`Removed`,
    changed: t`Changed`,
    reordered: t`Other order`,
  } satisfies Record<Change['change'], string>;
  if (changes.length === 0) return <p className={styles.quiet}>{empty}</p>;
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.field} data-change={change.change}>
          <span className={styles.kind}>{words[change.change]}</span>
          <span className={styles.path}>{change.field.split('.').join(' › ')}</span>
          {change.before !== undefined && <del>{textOf(change.before)}</del>}
          {change.after !== undefined && <ins>{textOf(change.after)}</ins>}
        </li>
      ))}
    </ul>
  );
}

/** Values as a person reads them: texts without quotes, lists with commas, the rest as it is written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { title } = value as { readonly title?: unknown };
  return typeof title === 'string' ? title : JSON.stringify(value);
}
