import { useLingui } from '@lingui/react/macro';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { upload } from '../../app/data/request.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useSession } from '../../app/session/session-context.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { pickFile } from '../../ui/pick-file.ts';
import { useImportKind } from './import-kind.ts';
import styles from './imports.module.css';

/** A large file takes its time, in milliseconds. */
const PATIENCE = 60 * 60_000;

/** Takes a file from the person; nothing is entered yet. */
export function UploadCard() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { api, path } = useImportKind();
  const { credential, membership } = useSession();
  const { problem, busy, run } = useAttempt();
  const [name, setName] = useState('');
  const choose = async (): Promise<void> => {
    const file = await pickFile('.csv,.txt,.xlsx');
    if (file === null) return;
    setName(file.name);
    await run(async () => {
      const query = new URLSearchParams({ name: file.name });
      const { id } = await upload<{ id: string }>(`${api}/imports?${query.toString()}`, file, {
        credential,
        tenant: membership.tenant,
        patience: PATIENCE,
      });
      navigate(`${path}/${id}`);
    });
  };
  return (
    <Card title={t`File`}>
      <p className={styles.quiet}>
        {t`CSV or Excel (.xlsx), up to a million rows. The first row names the columns. Nothing is entered before you start the import.`}
      </p>
      <FormProblem problem={problem} />
      <div className={styles.actions}>
        <Button
          Icon={IconUpload}
          title={t`Choose a file`}
          variant="primary"
          accent="blue"
          disabled={busy}
          onClick={() => void choose()}
        />
        <span role="status">{busy && t`Uploading ${name} …`}</span>
      </div>
    </Card>
  );
}
