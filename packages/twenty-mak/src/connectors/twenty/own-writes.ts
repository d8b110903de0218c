import type { WrittenRow } from './answers.ts';

type Filter = Readonly<Record<string, unknown>>;

/**
 * Who MaK is in twenty: whatever twenty names as the author of what MaK has written. It is the name of the API key, so
 * MaK needs one of its own.
 */
export class OwnWrites {
  private author: { readonly source: string; readonly name: string } | null = null;

  learn(rows: readonly WrittenRow[]): void {
    const { source, name } = rows.at(-1)?.updatedBy ?? {};
    if (source != null && name != null) this.author = { source, name };
  }

  /**
   * Records that somebody else changed last, or that lie in the bin, which names nobody. While MaK brings many records
   * over, all that it has just written would otherwise be listed again, and cost as many calls as writing it.
   */
  byOthers(): readonly Filter[] {
    if (this.author === null) return [];
    const { source, name } = this.author;
    return [
      {
        or: [
          { updatedBy: { source: { is: 'NULL' } } },
          { updatedBy: { source: { neq: source } } },
          { updatedBy: { name: { neq: name } } },
          { deletedAt: { is: 'NOT_NULL' } },
        ],
      },
    ];
  }
}
