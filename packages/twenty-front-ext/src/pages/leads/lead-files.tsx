import { useLingui } from '@lingui/react/macro';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { download } from '../../app/data/request.ts';
import { useSession } from '../../app/session/session-context.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { saveFile } from '../../ui/save-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import { exportQuery } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';

/** A large export takes its time, in milliseconds. */
const PATIENCE = 30 * 60_000;

/** Leads from a file, and those of the filters as a file. */
export function LeadFiles({ filters }: { readonly filters: LeadFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const { credential, membership } = useSession();
  const mayImport = useMay('leads:import');
  const [busy, setBusy] = useState(false);
  const save = (format: 'csv' | 'xlsx'): void => {
    setBusy(true);
    download(`/v1/leads/export?${exportQuery(filters, format)}`, {
      credential,
      tenant: membership.tenant,
      headers: { accept: '*/*' },
      patience: PATIENCE,
    })
      .then((file) => {
        saveFile(`leads.${format}`, file);
        snackbar.success(t`The file is ready`);
      })
      .catch((error: unknown) => snackbar.error(textOf(problemOf(error))))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {mayImport && (
        <Button
          Icon={IconFileImport}
          title={t`Import`}
          variant="secondary"
          size="small"
          onClick={() => navigate('/leads/import')}
        />
      )}
      <Menu
        align="end"
        trigger={
          <ToolbarButton disabled={busy}>
            <IconFileExport size={16} aria-hidden />
            <span>{busy ? t`Preparing …` : t`Export`}</span>
          </ToolbarButton>
        }
      >
        <MenuItem onSelect={() => save('csv')}>{t`CSV`}</MenuItem>
        <MenuItem onSelect={() => save('xlsx')}>{t`Excel`}</MenuItem>
      </Menu>
    </>
  );
}
