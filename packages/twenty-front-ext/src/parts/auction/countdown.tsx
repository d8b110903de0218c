import { useLingui } from '@lingui/react/macro';
import { IconClock, IconClockExclamation, IconFlag } from '@tabler/icons-react';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './auction.module.css';
import { CLOCK_FROM, timeLeft } from './time-left.ts';
import { useServerNow } from './use-server-now.ts';

const MINUTE = 60_000;

type Timed = Pick<LotLineFragment, 'now' | 'opensAt' | 'endsAt' | 'closedAt' | 'outcome'>;

/** Time until a lot opens or ends, by the server's clock. Screen readers are not told every second. */
export function Countdown({ lot, large = false }: { lot: Timed; large?: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useServerNow(lot.now);
  const [opens, ends] = [Date.parse(lot.opensAt), Date.parse(lot.endsAt)];
  const span = (milliseconds: number): string =>
    milliseconds < CLOCK_FROM ? timeLeft(milliseconds) : format.duration(milliseconds);
  const [Icon, state, text, at] =
    lot.outcome !== null
      ? [IconFlag, 'over', t`Ended ${format.dateTime(lot.closedAt ?? ends)}`, ends]
      : now < opens
        ? [IconClock, 'calm', t`Opens in ${span(opens - now)}`, opens]
        : now >= ends
          ? [IconFlag, 'over', t`Ended, being closed`, ends]
          : ends - now <= MINUTE
            ? [IconClockExclamation, 'late', t`${span(ends - now)} left`, ends]
            : [IconClock, 'calm', t`${span(ends - now)} left`, ends];
  return (
    <span
      className={styles.countdown}
      data-state={state}
      data-large={large}
      role="timer"
      title={format.dateTime(at)}
    >
      <Icon size={large ? 18 : 14} aria-hidden />
      {text}
    </span>
  );
}
