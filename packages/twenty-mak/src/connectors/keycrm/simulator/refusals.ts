/** What KeyCRM answers instead of what was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function unauthenticated(): Refusal {
  return new Refusal(401, { message: 'Unauthenticated.' });
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, { message });
}

export function notFound(): Refusal {
  return new Refusal(404, { message: 'Not found' });
}

/** Fields that are wrong, each with what is wrong with it. */
export function invalid(errors: Readonly<Record<string, readonly string[]>>): Refusal {
  return new Refusal(422, { message: 'The given data was invalid.', errors });
}

/** One field whose value names nothing that is there. */
export function unknownValue(field: string): Refusal {
  return invalid({ [field]: [`The selected ${wordsOf(field)} is invalid.`] });
}

/** A field as the messages call it. */
export function wordsOf(field: string): string {
  return field.replaceAll('_', ' ');
}
