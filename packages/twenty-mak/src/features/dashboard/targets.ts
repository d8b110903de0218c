import type { Calendar, Target } from 'twenty-mak-domain';

const SECONDS = { minutes: 60, hours: 3_600, days: 86_400 } as const;

/** A target in seconds of the calendar's time. A working day is as long as the calendar's days are on average. */
export function workingSecondsOf({ amount, unit }: Target, calendar?: Calendar): number {
  if (unit !== 'days' || calendar === undefined || calendar.kind === 'always')
    return amount * SECONDS[unit];
  const days = Object.values(calendar.week).filter((spans) => spans.length > 0);
  const worked = days.flat().reduce((sum, { from, to }) => sum + seconds(to) - seconds(from), 0);
  return days.length === 0 ? 0 : Math.round((amount * worked) / days.length);
}

function seconds(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * SECONDS.hours + minutes * SECONDS.minutes;
}
