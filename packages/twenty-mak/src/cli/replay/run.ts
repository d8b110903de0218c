import { createReadStream, existsSync, statSync } from 'node:fs';
import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import {
  FILE_FORMATS,
  FileError,
  isProblem,
  PRESET_MAPPINGS,
  readEvents,
  readMapping,
} from '../../features/files/formats/index.ts';
import type { FileFormat, FileMapping, ReadOptions } from '../../features/files/formats/index.ts';
import { CliError } from '../local/cli-error.ts';
import { batchesOf } from './batches.ts';
import type { Line } from './batches.ts';
import { deliver } from './delivery.ts';
import type { Refused } from './delivery.ts';
import { numberOption } from './options.ts';
import type { RawOptions } from './options.ts';
import { choosePipeline, publishPipeline, readDocument } from './pipeline.ts';
import { findPlace } from './place.ts';
import { progressBar, silent } from './progress.ts';
import type { Progress } from './progress.ts';
import { seededRandom } from './random.ts';
import { finish } from './report.ts';
import type { ReplayReport } from './report.ts';
import { Sender } from './sender.ts';
import { openTenant } from './tenant.ts';

const CHUNK = 256 * 1024;

export interface ReplayOutcome {
  readonly report: ReplayReport;
  readonly tenant: string;
  /** Events that never came in: unreadable, or refused by the server. */
  readonly lost: number;
  readonly examples: readonly Refused[];
}

/** Sends a log through the running server and asks it what came of it. Throws a CliError. */
export async function replay(file: string, options: RawOptions): Promise<ReplayOutcome> {
  const size = sizeOf(file);
  const choice = choosePipeline(options.pipeline);
  const mapping = mappingOf(options);
  const format = formatOf(options.format);
  const disorder = {
    random: seededRandom(options.shuffle ?? 'in order'),
    shuffle: options.shuffle !== undefined,
    duplicate: numberOption('duplicate', options.duplicate ?? '0', 0, 1),
  };
  const concurrency = Math.floor(numberOption('concurrency', options.concurrency ?? '8', 1, 64));
  const place = findPlace();
  const sender = new Sender(place.url, concurrency);
  const progress = options.json && !process.stderr.isTTY ? silent : progressBar();
  try {
    const begin = performance.now();
    const tenant = await openTenant(sender, place, options.tenant);
    const pipeline = await publishPipeline(sender, tenant, choice);
    const log = new Log(file, size, progress, disorder.shuffle);
    const lines = log.lines({
      mapping,
      format,
      encoding: options.encoding,
      xesMapping: PRESET_MAPPINGS[options.pipeline],
    });
    const delivered = await deliver(batchesOf(lines, disorder), {
      sender,
      key: tenant.apiKey,
      concurrency,
      sent: (events) => log.sent(events),
    }).catch((error: unknown) => {
      throw error instanceof FileError ? unreadable(error, log.read, tenant.key) : error;
    });
    const counts = await finish(sender, place, tenant, pipeline, log.latest);
    return {
      tenant: tenant.key,
      lost: log.unreadable + delivered.refused,
      examples: [...log.examples, ...delivered.examples],
      report: {
        deals: counts.deals,
        events_read: log.read,
        events_applied: counts.known_events,
        transitions: counts.transitions,
        stages: counts.stages,
        sla: counts.sla,
        as_of: log.latest === null ? null : formatInstant(log.latest),
        seconds: Math.round(performance.now() - begin) / 1_000,
      },
    };
  } finally {
    progress.stop();
    await sender.close();
  }
}

/** The file on its way: what was read of it so far. */
class Log {
  /** Events of the file, each once, also those that cannot be read. */
  read = 0;
  unreadable = 0;
  readonly examples: Refused[] = [];
  latest: Instant | null = null;
  private bytes = 0;
  private sentEvents = 0;
  private readonly file: string;
  private readonly size: number;
  private readonly progress: Progress;
  private readonly isShuffled: boolean;

  constructor(file: string, size: number, progress: Progress, isShuffled: boolean) {
    this.file = file;
    this.size = size;
    this.progress = progress;
    this.isShuffled = isShuffled;
  }

  sent(events: number): void {
    this.sentEvents += events;
    // A shuffle reads all before it sends the first.
    const share = this.isShuffled ? this.sentEvents / this.read : this.bytes / this.size;
    this.progress.update(this.sentEvents, share);
  }

  async *lines(options: ReadOptions): AsyncGenerator<Line[]> {
    // A log comes from somewhere else: ids of deals in it are ids of that place.
    for await (const items of readEvents(this.chunks(), { ...options, dealIds: 'refs' })) {
      const lines: Line[] = [];
      for (const item of items) {
        this.read += 1;
        if (isProblem(item)) {
          this.unreadable += 1;
          const { code, reason, field } = item.refusal;
          if (this.examples.length < 5)
            this.examples.push({
              eventId: `no. ${item.place}`,
              code,
              reason,
              ...(field === undefined ? {} : { field }),
            });
          continue;
        }
        if (item.occurredAt !== null && item.occurredAt > (this.latest ?? -Infinity))
          this.latest = item.occurredAt;
        lines.push({ json: JSON.stringify(item.body), group: item.group });
      }
      yield lines;
    }
  }

  private async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(this.file, { highWaterMark: CHUNK })) {
      this.bytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
}

function sizeOf(file: string): number {
  if (!existsSync(file)) throw new CliError(`The file ${file} does not exist.`, 'Check the path.');
  const { size } = statSync(file);
  if (!statSync(file).isFile())
    throw new CliError(
      `${file} is no file.`,
      'Give the path of a log: XES, CSV or JSON Lines, plain or gzip.',
    );
  return size;
}

/** The mapping of `--mapping`. */
function mappingOf({ mapping }: RawOptions): FileMapping | undefined {
  if (mapping === undefined) return undefined;
  try {
    return readMapping(readDocument(mapping, 'mapping'));
  } catch (error) {
    throw error instanceof FileError ? new CliError(error.message, `Correct ${mapping}.`) : error;
  }
}

function formatOf(given: string | undefined): FileFormat | undefined {
  if (given === undefined) return undefined;
  const format = FILE_FORMATS.find((one) => one === given);
  if (format === undefined)
    throw new CliError(
      `--format ${given} is not known.`,
      `Formats are ${FILE_FORMATS.join(', ')}.`,
    );
  return format;
}

function unreadable(error: FileError, read: number, tenant: string): CliError {
  return new CliError(
    error.message,
    read === 0
      ? 'Nothing was sent.'
      : `${read} events were read before that and sent; they are in the tenant ${tenant}. Events that are sent again do not count twice.`,
  );
}
