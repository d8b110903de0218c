import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Button, MainButton } from 'twenty-ui/input';
import { CopyButton } from '../../ui/copy-button/copy-button.tsx';
import { saveText } from '../../ui/save-text.ts';
import styles from './two-factor.module.css';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onSaved: () => void;
}

/** The codes for a lost phone, shown this once. */
export function RecoveryCodes({ codes, onSaved }: RecoveryCodesProps) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${codes.join('\n')}\n`;
  return (
    <section className={styles.step}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        <Trans>Save your recovery codes</Trans>
      </h2>
      <p>
        <Trans>
          Each of them lets you in once when your phone is not at hand. They are shown only now.
        </Trans>
      </p>
      <ul className={styles.codes} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <CopyButton text={text} />
        <Button
          Icon={IconDownload}
          title={t`Download`}
          variant="secondary"
          onClick={() => saveText('mak-recovery-codes.txt', text)}
        />
      </div>
      <MainButton title={t`I have saved them`} fullWidth onClick={onSaved} />
    </section>
  );
}
