import { useLingui } from '@lingui/react/macro';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { download } from '../../app/data/request.ts';
import { useSession } from '../../app/session/session-context.ts';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { saveFile } from '../../ui/save-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';

/** A large export takes its time, in milliseconds. */
const PATIENCE = 30 * 60_000;

type TableFormat = 'csv' | 'xlsx';

interface ExportMenuProps {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Address of the export in a format, with its filters. */
  readonly addressOf: (format: TableFormat) => string;
}

/** Records of the filters as a file. */
export function ExportMenu({ name, addressOf }: ExportMenuProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const { credential, membership } = useSession();
  const [busy, setBusy] = useState(false);
  const save = (format: TableFormat): void => {
    setBusy(true);
    download(addressOf(format), {
      credential,
      tenant: membership.tenant,
      headers: { accept: '*/*' },
      patience: PATIENCE,
    })
      .then((file) => {
        saveFile(`${name}.${format}`, file);
        snackbar.success(t`The file is ready`);
      })
      .catch((error: unknown) => snackbar.error(textOf(problemOf(error))))
      .finally(() => setBusy(false));
  };
  return (
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
  );
}
