import { useLingui } from '@lingui/react/macro';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { SectionActions } from '../../../ui/section/section.tsx';
import { useProblemText } from '../../../ui/states/problem-text.ts';
import type { RemoteOptions } from './use-options.ts';
import styles from '../connector.module.css';

interface ConnectionCheckProps {
  /** Name of the other system. */
  readonly title: string;
  readonly options: RemoteOptions;
  /** Asks with what is typed. */
  readonly onCheck: () => Promise<void>;
  readonly disabled?: boolean;
}

/** Asks the other system, and says what it says. */
export function ConnectionCheck({
  title,
  options,
  onCheck,
  disabled = false,
}: ConnectionCheckProps) {
  const { t } = useLingui();
  const textOf = useProblemText();
  const [asked, setAsked] = useState(false);
  const { problem, busy } = options;
  const check = async (): Promise<void> => {
    await onCheck();
    setAsked(true);
  };
  const text = problem === null ? '' : textOf(problem);
  return (
    <>
      <SectionActions>
        <Button
          type="button"
          Icon={IconPlugConnected}
          title={t`Check the connection`}
          variant="secondary"
          size="small"
          disabled={busy || disabled}
          onClick={() => void check()}
        />
      </SectionActions>
      {problem !== null && (
        <div role="alert" className={styles.reason}>
          <p>{text}</p>
          {text !== problem.reason && <p className={styles.text}>{problem.reason}</p>}
        </div>
      )}
      <p role="status" className={styles.text}>
        {busy ? t`Asking ${title} …` : asked && options.answered && t`${title} answers.`}
      </p>
    </>
  );
}
