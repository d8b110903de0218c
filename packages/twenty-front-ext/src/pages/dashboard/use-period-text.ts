import { useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { beginOfDay } from './spans.ts';
import type { Period } from './use-period.ts';

/** A period in words. */
export function usePeriodText({ from, to }: Period): string {
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = useTenant();
  const write = (day: string): string => {
    const at = beginOfDay(day, timeZone);
    // An address may hold anything; the server says what is wrong with it.
    return Number.isFinite(at) ? format.date(at) : day;
  };
  if (from === null && to === null) return t`All time`;
  if (from === null) return t`until ${write(to ?? '')}`;
  if (to === null) return t`since ${write(from)}`;
  return `${write(from)} – ${write(to)}`;
}
