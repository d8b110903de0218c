/** Lines told of what failed, and of the end. */
const OF_FAILURES = 160;
const OF_END = 60;

/** Under these headlines vitest says why something failed; coverage and timings come after them. */
const HEADLINE = /⎯ (Failed Suites|Failed Tests|Unhandled Errors)\b/;

/** What of a suite's log tells why it failed: often the log itself is gone with the machine that it was written on. */
export function logExcerpt(log: string): string {
  const lines = log.trimEnd().split('\n');
  const end = Math.max(0, lines.length - OF_END);
  const first = lines.findIndex((line) => HEADLINE.test(line));
  if (first === -1 || first >= end) return lines.slice(end).join('\n');
  const failures = lines.slice(first, Math.min(first + OF_FAILURES, end));
  const left = end - first - failures.length;
  return [...failures, ...(left > 0 ? [`... ${left} lines ...`] : []), ...lines.slice(end)].join(
    '\n',
  );
}
