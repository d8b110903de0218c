import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../../ui/format/use-format.tsx';

/** How long the oldest record has waited, in words. */
export function useLagText(): (seconds: number) => string {
  const { t } = useLingui();
  const { duration, number } = useFormat();
  return (seconds) => {
    if (seconds <= 0) return t`nothing waits`;
    const short = number(Math.ceil(seconds));
    return seconds < 60 ? t`${short} s` : duration(seconds * 1_000);
  };
}
