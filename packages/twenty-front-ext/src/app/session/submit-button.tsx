import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { MainButton } from 'twenty-ui/input';
import { useClock, useNow } from '../../ui/clock/clock.tsx';
import type { Problem } from '../data/problem.ts';

interface SubmitButtonProps {
  readonly title: string;
  /** The last refusal; after too many attempts it says how long to wait. */
  readonly problem: Problem | null;
  readonly busy: boolean;
}

/** Sends a form of the entrance; counts down while the server wants no more attempts. */
export function SubmitButton({ title, problem, busy }: SubmitButtonProps) {
  const { t } = useLingui();
  const seconds = useWait(problem);
  return (
    <MainButton
      type="submit"
      title={seconds > 0 ? t`Try again in ${seconds} s` : title}
      disabled={busy || seconds > 0}
      fullWidth
    />
  );
}

function useWait(problem: Problem | null): number {
  const clock = useClock();
  const now = useNow(1_000);
  const [until, setUntil] = useState(0);
  const seconds = problem?.code === 'too_many_requests' ? problem.details['retry_after'] : null;
  useEffect(() => {
    setUntil(typeof seconds === 'number' ? clock.now() + seconds * 1_000 : 0);
  }, [clock, problem, seconds]);
  return Math.max(0, Math.ceil((until - now) / 1_000));
}
