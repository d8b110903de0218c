import { isWritable } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  RecordSources,
  WriteRefusal,
  Written,
} from '../../platform/records/index.ts';
import type { MakRecords } from './ports.ts';

/** MaK's records of one tenant, as features offer them; what is written is written by the connector. */
export class TenantRecords implements MakRecords {
  private readonly sources: RecordSources;
  private readonly tenantId: string;
  private readonly author: string;

  constructor(sources: RecordSources, tenantId: string, author: string) {
    this.sources = sources;
    this.tenantId = tenantId;
    this.author = author;
  }

  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.sources.of(entity).read(this.tenantId, ids);
  }

  async gone(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>> {
    return (await this.sources.of(entity).gone?.(this.tenantId, ids)) ?? new Map();
  }

  async write(
    entity: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    const source = this.sources.of(entity);
    if (isWritable(source)) return source.write(this.tenantId, this.author, changes);
    const reason = 'Only MaK itself changes such records.';
    return changes.map(() => ({
      kind: 'refused',
      refusal: { code: 'record_read_only', reason, field: null },
    }));
  }
}
