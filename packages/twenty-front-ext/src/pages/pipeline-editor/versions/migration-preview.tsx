import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import type { Preview } from './read-preview.ts';
import styles from './versions.module.css';

/** Which deals would be in another stage. */
export function MigrationPreview({ preview }: { readonly preview: Preview }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const { deals, examined, changes, examples } = preview;
  const [all, seen] = [number(deals), number(examined)];
  if (deals === 0)
    return (
      <p role="status">
        <Trans>Every deal is in the newest version already.</Trans>
      </p>
    );
  return (
    <div role="status" className={styles.preview}>
      <p>
        {examined < deals ? (
          <Trans>
            {all} deals are in older versions; {seen} of them were looked at.
          </Trans>
        ) : (
          <Plural
            value={deals}
            one="# deal is in an older version."
            other="# deals are in older versions."
          />
        )}{' '}
        {changes.length === 0 && <Trans>None of them changes its stage.</Trans>}
      </p>
      {changes.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t`Now`}</th>
              <th scope="col">{t`Then`}</th>
              <th scope="col">{t`Deals`}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ from, to, deals: count }) => (
              <tr key={`${from} ${to}`}>
                <td>
                  <Stage stage={from} />
                </td>
                <td>
                  <Stage stage={to} />
                </td>
                <td>{number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {examples.length > 0 && (
        <details>
          <summary>
            <Trans>Examples</Trans>
          </summary>
          <ul className={styles.examples}>
            {examples.map(({ id, name, from, to }) => (
              <li key={id}>
                <Link to={`/deals/${id}`}>{name ?? id}</Link> <Stage stage={from} /> →{' '}
                <Stage stage={to} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Stage({ stage }: { readonly stage: string }) {
  const { definition } = useEditor();
  return <StageTag pipeline={definition} stage={stage} />;
}
