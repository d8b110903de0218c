import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { EventIngestion } from '../events/index.ts';
import type { ImportProblem, ImportQuery, ImportReport } from './files.dto.ts';
import { FileError, isProblem, PRESET_MAPPINGS, readEvents, readMapping } from './formats/index.ts';
import type { FileEvent, FileMapping } from './formats/index.ts';

/** Events of one commit. */
const BATCH = 2_000;
/** Problems that the answer lists. */
const PROBLEMS = 50;
/** Bytes of one upload, as they come. */
const MAX_UPLOAD = 2 * 1024 ** 3;

/** Events out of an uploaded file. */
@Injectable()
export class ImportService {
  constructor(@Inject(EventIngestion) private readonly ingestion: EventIngestion) {}

  /**
   * Takes in a file while it arrives, batch by batch. Where it ends is reported also when the rest cannot be read: 422
   * with what came in until then. To go on, send the file again; events that are in are duplicates then.
   */
  async import(
    { tenantId }: Principal,
    upload: AsyncIterable<Uint8Array>,
    query: ImportQuery,
  ): Promise<ImportReport> {
    const tally = new Tally();
    let waiting: FileEvent[] = [];
    const flush = async (): Promise<void> => {
      const batch = waiting;
      waiting = [];
      const answers = await this.ingestion.ingest(
        tenantId,
        batch.map(({ body }) => body),
      );
      answers.forEach(({ status, event_id: eventId, code = status, reason = '', field }, index) => {
        tally.count(status);
        if (status === 'rejected' || status === 'conflict')
          tally.problem(batch[index]?.place ?? 0, eventId, { code, reason, field });
      });
    };
    try {
      const { format, encoding, deal_ids: dealIds } = query;
      const items = readEvents(limited(upload), {
        format,
        encoding,
        dealIds,
        mapping: mappingOf(query.mapping),
      });
      for await (const some of items) {
        for (const item of some) {
          tally.read += 1;
          if (isProblem(item)) {
            tally.count('rejected');
            tally.problem(item.place, null, item.refusal);
          } else waiting.push(item);
          if (waiting.length === BATCH) await flush();
        }
      }
      await flush();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await flush();
      throw new RefusalError(error.refusal, 422, { import: tally.report() });
    }
    return tally.report();
  }
}

type Status = 'applied' | 'stored' | 'duplicate' | 'orphan' | 'conflict' | 'rejected';

class Tally {
  read = 0;
  private readonly counts: Record<Status, number> = {
    applied: 0,
    stored: 0,
    duplicate: 0,
    orphan: 0,
    conflict: 0,
    rejected: 0,
  };
  private readonly problems: ImportProblem[] = [];

  count(status: Status): void {
    this.counts[status] += 1;
  }

  problem(
    place: number,
    eventId: string | null,
    { code, reason, field }: { code: string; reason: string; field?: string | undefined },
  ): void {
    if (this.problems.length >= PROBLEMS) return;
    this.problems.push({
      place,
      event_id: eventId,
      code,
      reason,
      ...(field === undefined ? {} : { field }),
    });
  }

  report(): ImportReport {
    return { read: this.read, ...this.counts, problems: this.problems };
  }
}

async function* limited(upload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of upload) {
    bytes += chunk.length;
    if (bytes > MAX_UPLOAD)
      throw new FileError(
        'file_too_large',
        `A file may have ${MAX_UPLOAD} bytes. Pack it with gzip, or send it in parts.`,
      );
    yield chunk;
  }
}

/** The name of a mapping that ships with the product, or a mapping as JSON. */
function mappingOf(given: string | undefined): FileMapping | undefined {
  if (given === undefined) return undefined;
  if (Object.hasOwn(PRESET_MAPPINGS, given)) return PRESET_MAPPINGS[given];
  try {
    return readMapping(JSON.parse(given));
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(
      'invalid_mapping',
      '`mapping` is neither the name of a mapping nor JSON.',
      'mapping',
    );
  }
}
