/** What goes back over HTTP: an object as JSON, a text as it is, null as nothing. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: object | string | null;
}

/** What is wrong with one value of one row. */
export interface RowError {
  readonly code: 'FieldMissing' | 'InvalidType' | 'NotSupportedChoice' | 'TooMany';
  readonly path: string;
  readonly detail: string;
}

const HAL = 'application/hal+json';
const PROBLEM = 'application/problem+json';

/** An answer that ends the work on a call. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Answered with ${answer.status}.`);
    this.answer = answer;
  }
}

export function hal(body: object, status = 200): Answer {
  return { status, type: HAL, body };
}

/** Lists without records, and records that are not there, are no JSON at all. */
export function nothing(): Answer {
  return { status: 204, type: HAL, body: null };
}

export function problem(status: number, title: string, more: object = {}): Refused {
  return new Refused({
    status,
    type: PROBLEM,
    body: { title, type: `https://httpstatus.es/${status}`, status, detail: title, ...more },
  });
}

/** `rows` by the `request_id` of each, or by its place in what was sent. */
export function invalid(rows: ReadonlyMap<string, readonly RowError[]>): Refused {
  return problem(400, 'Bad Request', {
    'validation-errors': [...rows].map(([request_id, errors]) => ({ request_id, errors })),
    detail: 'Request validation failed',
  });
}

/** Pages of the web server in front of amoCRM, which knows no JSON. */
export function page(status: number, title: string): Refused {
  const heading = `${status} ${title}`;
  return new Refused({
    status,
    type: 'text/html',
    body: `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  });
}

/** What was sent is not even rows. */
export function notRows(detail: string): Refused {
  return problem(400, 'Bad Request', { detail });
}
