import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { Table } from '../../ui/table/table.tsx';
import { useImportKind } from './import-kind.ts';
import { useImportTexts } from './use-import-texts.ts';
import styles from './imports.module.css';

/** The last imports. */
export function ImportsCard() {
  const { t } = useLingui();
  const format = useFormat();
  const { statuses } = useImportTexts();
  const { documents, path, useTexts } = useImportKind();
  const { created } = useTexts();
  const { data, error, refetch } = useQuery(documents.list);
  return <Card title={t`Last imports`}>{content()}</Card>;

  function content() {
    if (data === undefined) {
      if (error === undefined) return <Skeleton height={120} />;
      return (
        <ErrorState
          problem={problemOf(error)}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      );
    }
    const { items } = data.imports;
    if (items.length === 0) return <p className={styles.quiet}>{t`No file was uploaded yet.`}</p>;
    return (
      <Table label={t`Last imports`} head={[t`File`, t`Status`, created, t`Uploaded`]}>
        {items.map(({ id, fileName, status, counts, createdAt }) => (
          <tr key={id}>
            <td>
              <Link to={`${path}/${id}`}>{fileName}</Link>
            </td>
            <td>{statuses[status] ?? status}</td>
            <td>{counts === null ? '' : format.number(counts.created)}</td>
            <td>{format.dateTime(createdAt)}</td>
          </tr>
        ))}
      </Table>
    );
  }
}
