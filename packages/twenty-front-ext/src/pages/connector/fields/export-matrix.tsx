import { useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { useRequests } from '../../../app/data/use-requests.ts';
import { useTry } from '../../../app/data/use-try.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { saveFile } from '../../../ui/save-text.ts';

/** The rules of all fields, as they are saved, as a CSV file. */
export function ExportMatrix({
  connector: { key },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const { download } = useRequests();
  const { busy, attempt } = useTry();
  const save = attempt(async () => {
    const path = `/v1/connectors/${encodeURIComponent(key)}/matrix`;
    saveFile(`${key}-fields.csv`, await download(path, { headers: { accept: 'text/csv' } }));
  });
  return (
    <Button
      type="button"
      Icon={IconDownload}
      title={t`Export as a table`}
      variant="secondary"
      size="small"
      disabled={busy}
      onClick={save}
    />
  );
}
