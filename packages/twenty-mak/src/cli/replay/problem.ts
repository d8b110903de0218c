interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly field?: string;
  readonly findings?: readonly { readonly reason?: string; readonly message?: string }[];
  readonly errors?: readonly { readonly field?: string; readonly reason?: string }[];
}

/** What the server says of a refusal, for a person to read. */
export function describeProblem(status: number, text: string): string {
  let problem: Problem;
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    return `status ${status}`;
  }
  const { title = `status ${status}`, field, errors = [], findings = [] } = problem;
  const more = [
    ...errors.map((error) => [error.field, error.reason].filter(Boolean).join(': ')),
    ...findings.map((finding) => finding.reason ?? finding.message ?? ''),
  ].filter((line) => line !== '' && !title.includes(line));
  const place = field === undefined || title.includes(field) ? '' : ` (${field})`;
  return [`${title}${place}`, ...more.slice(0, 10).map((line) => `\n         ${line}`)].join('');
}
