export interface Preview {
  readonly deals: number;
  /** How many of them were looked at. */
  readonly examined: number;
  readonly changes: readonly {
    readonly from: string;
    readonly to: string;
    readonly deals: number;
  }[];
  readonly examples: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly from: string;
    readonly to: string;
  }[];
}

/** The server's preview, which GraphQL carries as JSON. */
export function readPreview(raw: unknown): Preview {
  const { deals, examined, changes, examples } = recordOf(raw);
  return {
    deals: numberOf(deals),
    examined: numberOf(examined),
    changes: listOf(changes).map((one) => ({
      from: textOf(one['from']),
      to: textOf(one['to']),
      deals: numberOf(one['deals']),
    })),
    examples: listOf(examples).map((one) => ({
      id: textOf(one['id']),
      name: typeof one['name'] === 'string' ? one['name'] : null,
      from: textOf(one['from']),
      to: textOf(one['to']),
    })),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
