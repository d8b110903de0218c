import { useTranslate } from 'twenty-sdk/front-component';
import type { Problem } from '../mak/problem.ts';
import { Button } from './button.tsx';
import { page, theme } from './theme.ts';

/** Words for problems that people can do something about; of others the reason of the server is shown. */
function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslate();
  return ({ code, message }) => {
    switch (code) {
      case 'not_set_up':
        return t(
          'This workspace is not connected to MaK yet. An admin connects it with ./mak twenty install.',
        );
      case 'unreachable':
        return t('MaK cannot be reached. Check the connection, then try again.');
      case 'not_synced':
        return t('MaK does not know this deal yet. It appears here after the next sync.');
      default:
        return message;
    }
  };
}

interface ProblemMessageProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
}

/** Says what went wrong, with what to do. */
export function ProblemMessage({ problem, onRetry }: ProblemMessageProps) {
  const { t } = useTranslate();
  const textOf = useProblemText();
  return (
    <div role="alert" style={{ ...page, gap: 12, alignItems: 'flex-start' }}>
      <span style={{ color: theme.danger }}>{textOf(problem)}</span>
      {onRetry !== undefined && <Button title={t('Try again')} onClick={onRetry} />}
    </div>
  );
}

export function Waiting() {
  const { t } = useTranslate();
  return <div style={{ ...page, color: theme.textTertiary }}>{t('Loading…')}</div>;
}

export function Empty({ text }: { readonly text: string }) {
  return <div style={{ ...page, color: theme.textTertiary }}>{text}</div>;
}
