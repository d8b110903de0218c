import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconArchive, IconDots, IconRestore, IconStar } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { Tag } from 'twenty-ui/data-display';
import { problemOf } from '../../app/data/problem.ts';
import {
  ArchivePipelineDocument,
  PipelineListDocument,
  SetDefaultPipelineDocument,
} from '../../generated/graphql.ts';
import type { PipelineListQuery } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import styles from './pipelines.module.css';

type PipelineRow = PipelineListQuery['pipelines'][number];

interface PipelineTableProps {
  readonly pipelines: readonly PipelineRow[];
  readonly mayEdit: boolean;
}

export function PipelineTable({ pipelines, mayEdit }: PipelineTableProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Key`}</th>
            <th scope="col">{t`Version`}</th>
            <th scope="col">{t`Default of the sources`}</th>
            <th scope="col">{t`Changed`}</th>
            {mayEdit && (
              <th scope="col">
                <span className="visually-hidden">{t`Actions`}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {pipelines.map((pipeline) => (
            <tr key={pipeline.id}>
              <td>
                <span className={styles.name}>
                  <Link to={`/settings/pipelines/${pipeline.key}`}>{pipeline.title}</Link>
                  {pipeline.isDefault && <Tag color="blue" text={t`Default`} />}
                  {pipeline.hasDraft && <Tag color="yellow" text={t`Draft`} />}
                  {pipeline.archivedAt !== null && <Tag color="gray" text={t`Archived`} />}
                </span>
              </td>
              <td>
                <code>{pipeline.key}</code>
              </td>
              <td>{pipeline.currentVersion ?? t`not published`}</td>
              <td>{pipeline.sources.join(', ')}</td>
              <td>{dateTime(pipeline.updatedAt)}</td>
              {mayEdit && (
                <td>
                  <RowMenu pipeline={pipeline} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowMenu({ pipeline }: { readonly pipeline: PipelineRow }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const again = { refetchQueries: [PipelineListDocument], awaitRefetchQueries: true };
  const [setDefault] = useMutation(SetDefaultPipelineDocument, again);
  const [archive] = useMutation(ArchivePipelineDocument, again);
  const { key, title, archivedAt, isDefault, currentVersion } = pipeline;

  const makeDefault = async (): Promise<void> => {
    try {
      await setDefault({ variables: { key } });
      snackbar.success(t`New deals get ${title} from now on.`);
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
  };
  const setArchived = async (version: number, archived: boolean): Promise<void> => {
    try {
      const { data } = await archive({ variables: { key, version, archived } });
      const next = data?.archivePipeline.version;
      if (!archived || next === undefined) snackbar.success(t`${title} is restored.`);
      else
        snackbar.success(t`${title} is archived.`, {
          label: t`Undo`,
          run: () => void setArchived(next, false),
        });
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={styles.more} aria-label={t`Actions of ${title}`}>
          <IconDots size={16} aria-hidden />
        </button>
      }
    >
      {archivedAt === null ? (
        <>
          <MenuItem
            Icon={IconStar}
            disabled={isDefault || currentVersion === null}
            onSelect={() => void makeDefault()}
          >
            {t`Make it the default`}
          </MenuItem>
          <MenuItem
            Icon={IconArchive}
            danger
            onSelect={() => void setArchived(pipeline.version, true)}
          >
            {t`Archive`}
          </MenuItem>
        </>
      ) : (
        <MenuItem Icon={IconRestore} onSelect={() => void setArchived(pipeline.version, false)}>
          {t`Restore`}
        </MenuItem>
      )}
    </Menu>
  );
}
