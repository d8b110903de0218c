import { Inject, Injectable } from '@nestjs/common';
import { withoutContacts } from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { filterOf } from '../deals/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import { presentOf } from '../tenants/index.ts';
import { ExportRepository } from './export.repository.ts';
import type { ExportEventRow, ExportPosition, Selection } from './export.repository.ts';
import type { ExportQuery } from './files.dto.ts';
import { csvWriter, jsonLinesWriter, xesWriter } from './formats/index.ts';
import type { EventWriter, ExportedDeal, ExportedEvent, FileFormat } from './formats/index.ts';

/** Deals and events of one step: some megabytes at most, however large the export is. */
const DEALS = 500;
const EVENTS = 2_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

const WRITERS: Readonly<Record<FileFormat, () => EventWriter>> = {
  xes: xesWriter,
  csv: csvWriter,
  jsonl: jsonLinesWriter,
};

export interface Export {
  readonly contentType: string;
  readonly fileName: string;
  readonly content: AsyncGenerator<string>;
}

/** The event log of a selection of deals as a file. */
@Injectable()
export class ExportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(ExportRepository) private readonly repository: ExportRepository,
  ) {}

  /** Begins an export and notes it in the audit log. Throws 404 for a pipeline that is not published. */
  async begin(principal: Principal, query: ExportQuery): Promise<Export> {
    const { tenantId } = principal;
    const { format, pipeline: key, ...rest } = query;
    const selection = await this.database.within(
      scopeOf(principal),
      async (tx): Promise<Selection> => {
        const pipeline =
          key === undefined ? undefined : (await this.pipelines.load(tx, tenantId)).byKey.get(key);
        if (key !== undefined && pipeline === undefined) throw notFound('published pipeline');
        await Audit.record(tx, principal, 'deals.exported', 'pipeline', pipeline?.id ?? null, {
          format,
          ...rest,
        });
        const { pipeline: _key, ...filter } = filterOf(rest);
        return {
          filter: { ...filter, pipelineId: pipeline?.id },
          present: await presentOf(tx, tenantId),
        };
      },
    );
    const writer = WRITERS[format]();
    return {
      contentType: writer.contentType,
      fileName: `${key ?? 'deals'}-events.${format}`,
      content: this.write(principal, selection, writer),
    };
  }

  private async *write(
    principal: Principal,
    selection: Selection,
    writer: EventWriter,
  ): AsyncGenerator<string> {
    const { tenantId } = principal;
    yield writer.begin();
    for (let after: string | null = BEFORE_ALL; after !== null;) {
      const begin: string = after;
      const step = await this.database.within(scopeOf(principal), (tx) =>
        this.repository.window(tx, tenantId, begin, DEALS, selection),
      );
      after = step.last;
      if (step.deals.length > 0) yield* this.writeDeals(principal, step.deals, writer);
    }
    yield writer.end();
  }

  private async *writeDeals(
    principal: Principal,
    deals: readonly ExportedDeal[],
    writer: EventWriter,
  ): AsyncGenerator<string> {
    const { tenantId } = principal;
    const byId = new Map(deals.map((deal) => [deal.id, deal]));
    let open: ExportedDeal | undefined;
    let position: ExportPosition | null = null;
    for (let isLast = false; !isLast;) {
      const after: ExportPosition | null = position;
      const rows: ExportEventRow[] = await this.database.within(scopeOf(principal), (tx) =>
        this.repository.events(tx, tenantId, [...byId.keys()], after, EVENTS),
      );
      let text = '';
      for (const row of rows) {
        if (open?.id !== row.deal_id) {
          const next = byId.get(row.deal_id) as ExportedDeal;
          text += `${open === undefined ? '' : writer.endDeal()}${writer.beginDeal(next)}`;
          open = next;
        }
        text += writer.event(open, exported(row));
      }
      position = rows.at(-1) ?? null;
      isLast = rows.length < EVENTS;
      if (text !== '') yield text;
    }
    if (open !== undefined) yield writer.endDeal();
  }
}

/** A log for analysis has no contact data: it stays where its readers are audited. */
function exported(row: ExportEventRow): ExportedEvent {
  return {
    source: row.source,
    eventId: row.event_id,
    type: row.type,
    version: row.version,
    occurredAt: row.occurred_at,
    correlationId: row.correlation_id,
    refs: row.refs,
    data: withoutContacts(row.data) as JsonObject,
  };
}
