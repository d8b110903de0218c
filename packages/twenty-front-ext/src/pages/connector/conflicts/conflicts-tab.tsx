import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { ConflictList } from './conflict-list.tsx';
import styles from '../connector.module.css';

interface ConflictsProps {
  readonly connector: ConnectorLineFragment;
}

/** Conflicts on critical fields, with both versions beside each other; a person may decide otherwise than the rule did. */
export function ConflictsTab({ connector }: ConflictsProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const { title } = connector;
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          MaK and {title} both changed a critical field. The rule has settled it; take the other
          version, or let it stand. Choose under Fields which fields are critical.
        </Trans>
      </p>
      <div className={styles.bar}>
        <CheckboxField label={t`Only those to decide`} checked={open} onChange={setOpen} />
      </div>
      <ConflictList connector={connector} open={open} />
    </>
  );
}
