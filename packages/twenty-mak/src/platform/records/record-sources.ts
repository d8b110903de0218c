import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ProvidesRecords } from './record-source.ts';
import type { Transaction } from '../database/index.ts';
import type { RecordSource, WritableRecordSource } from './record-source.ts';

/** Every kind of records that features offer to other systems. */
@Injectable()
export class RecordSources implements OnModuleInit {
  private readonly sources = new Map<string, RecordSource>();

  constructor(@Inject(DiscoveryService) private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: ProvidesRecords.KEY })) {
      const { entity = '' } = this.discovery.getMetadataByDecorator(ProvidesRecords, wrapper) ?? {};
      if (this.sources.has(entity)) throw new Error(`Two sources of records are named ${entity}.`);
      this.sources.set(entity, wrapper.instance as RecordSource);
    }
  }

  /** Throws when nobody offers such records: a connector then asks for what this version does not have. */
  of(entity: string): RecordSource {
    const source = this.sources.get(entity);
    if (source === undefined) throw new Error(`No feature offers records of the kind ${entity}.`);
    return source;
  }

  /** Takes the turns of whoever writes such records. Call it before the tenant's turn is taken and before any row is locked. */
  async takeTurns(tx: Transaction, tenantId: string, entity: string): Promise<void> {
    const source = this.sources.get(entity);
    if (source !== undefined && isWritable(source)) await source.takeTurns?.(tx, tenantId);
  }
}

export function isWritable(source: RecordSource): source is WritableRecordSource {
  return 'write' in source;
}
