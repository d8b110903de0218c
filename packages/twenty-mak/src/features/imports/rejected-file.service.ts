import { Inject, Injectable } from '@nestjs/common';
import iconv from 'iconv-lite';
import { rejectedCells, rejectedHeader } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { csvRow } from '../../platform/tables/index.ts';
import type { MadeFile } from '../../platform/tables/index.ts';
import { Audit } from '../audit/index.ts';
import { ImportBoxes } from './import-boxes.ts';
import { refuseStrangers } from './import-access.ts';
import { ImportTargets } from './import-targets.ts';
import type { ImportTargetName } from './import-targets.ts';
import { findImport, findRejects } from './imports.repository.ts';
import type { ImportRow } from './imports.repository.ts';

/** Boxes that are opened at a time; each has the rejected rows of one batch. */
const BOXES = 10;

/** The rows that were not taken in, as a file that can be mended and sent again. */
@Injectable()
export class RejectedFileService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ImportBoxes) private readonly boxes: ImportBoxes,
    @Inject(ImportTargets) private readonly targets: ImportTargets,
  ) {}

  /** CSV in the encoding and with the separator of the upload; of a workbook in UTF-8. Audited as a look at contacts. */
  async make(principal: Principal, target: ImportTargetName, id: string): Promise<MadeFile> {
    const { tenantId, restrictedTo } = principal;
    const row = await this.database.within({ tenantId, restrictedTo }, async (tx) => {
      const found = await findImport(tx, tenantId, target, id);
      if (found === undefined) throw notFound('import');
      refuseStrangers(principal, found, this.targets.of(target));
      await Audit.record(tx, principal, `${target}_import.rejects_read`, `${target}_import`, id);
      return found;
    });
    if (row.columns === null)
      throw new RefusalError({
        code: 'not_started',
        reason: 'Nothing was taken in or rejected yet: the import has not begun.',
      });
    const encoding = row.encoding ?? 'utf-8';
    return {
      name: `rejected-${id}.csv`,
      contentType: `text/csv; charset=${encoding}; header=present`,
      content: this.write(principal, row, row.columns, encoding),
    };
  }

  private async *write(
    { tenantId, restrictedTo }: Principal,
    row: ImportRow,
    columns: readonly string[],
    encoding: string,
  ): AsyncGenerator<Uint8Array> {
    const { id, separator } = row;
    const line = (cells: readonly string[]): string => csvRow(cells, separator ?? ',');
    // Spreadsheets know UTF-8 and UTF-16 by this mark only.
    const mark = encoding.startsWith('utf') ? '\ufeff' : '';
    yield iconv.encode(mark + line(rejectedHeader(columns)), encoding);
    for (let after = 0, isLast = false; !isLast;) {
      const from = after;
      const boxes = await this.database.within({ tenantId, restrictedTo }, (tx) =>
        findRejects(tx, tenantId, id, from, BOXES),
      );
      for (const { first_row: firstRow, box } of boxes) {
        const rejected = this.boxes.openRejects(row, box);
        yield iconv.encode(
          rejected.map((one) => line(rejectedCells(columns, one))).join(''),
          encoding,
        );
        after = firstRow;
      }
      isLast = boxes.length < BOXES;
    }
  }
}
