import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconDownload, IconTable, IconTimelineEvent } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { download } from '../../app/data/request.ts';
import { useSession } from '../../app/session/session-context.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { DealTableDocument } from '../../generated/graphql.ts';
import type { DealFilterInput, DealRowFragment } from '../../generated/graphql.ts';
import { writeDealFilters } from '../../parts/deal-filters/deal-filters.ts';
import type { DealFilters } from '../../parts/deal-filters/deal-filters.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { saveFile } from '../../ui/save-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { csvOf } from './csv.ts';
import styles from './table-page.module.css';

interface ExportMenuProps {
  readonly filters: DealFilters;
  readonly filter: DealFilterInput;
  readonly sort: string;
  readonly pipeline: string;
  /** As shown, from left to right. */
  readonly columns: readonly DataColumn<DealRowFragment>[];
}

/** Most rows of a table file; the event log has no limit. */
const ROWS = 20_000;
/** A large event log takes its time, in milliseconds. */
const PATIENCE = 10 * 60_000;

/** The deals of the filter as a file: the table as it is shown, or all their events. */
export function ExportMenu({ filters, filter, sort, pipeline, columns }: ExportMenuProps) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const { credential, membership } = useSession();
  const mayExport = useMay('files:export');
  const [progress, setProgress] = useState<string | null>(null);

  const run = (work: () => Promise<void>): void => {
    setProgress(t`Preparing …`);
    work()
      .then(() => snackbar.success(t`The file is ready`))
      .catch((error: unknown) => snackbar.error(textOf(problemOf(error))))
      .finally(() => setProgress(null));
  };

  const saveTable = async (): Promise<void> => {
    const rows: (readonly string[])[] = [columns.map(({ title }) => title)];
    const page = async (after: string | null): Promise<string | null> => {
      const { data } = await client.query({
        query: DealTableDocument,
        variables: { filter, sort, after },
        fetchPolicy: 'no-cache',
      });
      const { nodes = [], pageInfo } = data?.deals ?? {};
      rows.push(...nodes.map((deal) => columns.map(({ text }) => text(deal))));
      setProgress(t`${rows.length - 1} deals …`);
      return pageInfo?.hasNextPage === true ? pageInfo.endCursor : null;
    };
    let after = await page(null);
    while (after !== null && rows.length <= ROWS) after = await page(after);
    if (rows.length > ROWS) snackbar.info(t`The file has the first ${ROWS} deals.`);
    saveFile(`${pipeline}.csv`, new Blob([csvOf(rows.slice(0, ROWS + 1))], { type: 'text/csv' }));
  };

  const saveLog = async (format: 'xes' | 'csv' | 'jsonl'): Promise<void> => {
    const query = writeDealFilters(filters, new URLSearchParams({ pipeline, format }));
    if (!filters.archived) query.set('archived', 'false');
    const file = await download(`/v1/deals/export?${query.toString()}`, {
      credential,
      tenant: membership.tenant,
      headers: { accept: '*/*' },
      patience: PATIENCE,
    });
    saveFile(`${pipeline}-events.${format}`, file);
  };

  return (
    <>
      <span role="status" className="visually-hidden">
        {progress}
      </span>
      <Menu
        align="end"
        trigger={
          <button type="button" className={styles.export} disabled={progress !== null}>
            <IconDownload size={16} aria-hidden />
            {progress ?? t`Export`}
          </button>
        }
      >
        <MenuItem Icon={IconTable} onSelect={() => run(saveTable)}>
          {t`Table as CSV`}
        </MenuItem>
        {mayExport && (
          <>
            <MenuSeparator />
            <MenuItem Icon={IconTimelineEvent} onSelect={() => run(() => saveLog('xes'))}>
              {t`Event log as XES`}
            </MenuItem>
            <MenuItem Icon={IconTimelineEvent} onSelect={() => run(() => saveLog('csv'))}>
              {t`Event log as CSV`}
            </MenuItem>
            <MenuItem Icon={IconTimelineEvent} onSelect={() => run(() => saveLog('jsonl'))}>
              {t`Event log as JSON Lines`}
            </MenuItem>
          </>
        )}
      </Menu>
    </>
  );
}
