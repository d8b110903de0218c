import { useLingui } from '@lingui/react/macro';
import type { ImportCountsFragment, ImportReportFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Table } from '../../ui/table/table.tsx';
import { useImportKind } from './import-kind.ts';
import { useRowErrorText } from './use-row-error-text.ts';
import styles from './imports.module.css';

export function Counts({ counts }: { readonly counts: ImportCountsFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { created, warned, merged } = useImportKind().useTexts();
  const lines = [
    [created, counts.created],
    ...(warned === null ? [] : [[warned, counts.warned] as const]),
    [merged, counts.merged],
    [t`Rejected rows`, counts.rejected],
    [t`Empty rows`, counts.empty],
  ] as const;
  return (
    <dl className={styles.counts}>
      {lines.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ReportCardProps {
  readonly title: string;
  readonly report: ImportReportFragment;
}

/** What became of the rows, or would, and the first ones with something wrong. */
export function ReportCard({ title, report: { counts, firstErrors } }: ReportCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const textOf = useRowErrorText();
  return (
    <Card title={title}>
      <Counts counts={counts} />
      {firstErrors.length > 0 && (
        <Table label={t`First errors`} head={[t`Row`, t`Column`, t`What is wrong`]}>
          {firstErrors.map(({ row, column, code, reason }, index) => (
            <tr key={`${row} ${column} ${index}`}>
              <td>{format.number(row)}</td>
              <td>{column ?? t`the whole row`}</td>
              <td>{textOf({ code, reason })}</td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}
