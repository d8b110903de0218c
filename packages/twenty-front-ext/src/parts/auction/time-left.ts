const SECOND = 1_000;
const HOUR = 3_600_000;

/** Time left as a clock that counts down: `4:05`, `1:04:05`. Started seconds count whole, so that 0:00 is the end. */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.max(Math.ceil(milliseconds / SECOND), 0);
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3_600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours === 0 ? `${minutes}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}

/** From here on a clock says more than days and hours. */
export const CLOCK_FROM = 24 * HOUR;
