import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconLock, IconRefresh, IconSearch } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { Message } from './message.tsx';
import { useProblemText } from './problem-text.ts';
import type { ProblemLike } from './problem-text.ts';

type ErrorStateProps =
  | { readonly problem: ProblemLike; readonly onRetry?: () => void }
  | { readonly title: string; readonly text: string };

/** A failed load: says why, and offers to try again where that may help. */
export function ErrorState(props: ErrorStateProps) {
  const { t } = useLingui();
  const textOf = useProblemText();
  if (!('problem' in props)) return <Message Icon={IconAlertTriangle} role="alert" {...props} />;
  const { problem, onRetry } = props;
  const text = textOf(problem);
  if (problem.code === 'forbidden')
    return <Message Icon={IconLock} role="alert" title={t`You may not see this`} text={text} />;
  if (problem.code === 'not_found')
    return <Message Icon={IconSearch} role="alert" title={t`Not found`} text={text} />;
  return (
    <Message
      Icon={IconAlertTriangle}
      role="alert"
      title={t`This could not be loaded`}
      text={text}
      {...(onRetry === undefined
        ? {}
        : {
            action: (
              <Button
                Icon={IconRefresh}
                title={t`Try again`}
                variant="secondary"
                onClick={onRetry}
              />
            ),
          })}
    />
  );
}
