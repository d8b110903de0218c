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
import { refuseStrangers } from './lead-imports.service.ts';
import { findImport, findRejects } from './lead-imports.repository.ts';
import type { ImportRow } from './lead-imports.repository.ts';

/** Boxes that are opened at a time; each has the rejected rows of one batch. */
const BOXES = 10;

/** The rows that were not taken in, as a file that can be mended and sent again. */
@Injectable()
export class RejectedFileService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ImportBoxes) private readonly boxes: ImportBoxes,
  ) {}

  /** CSV in the encoding and with the separator of the upload; of a workbook in UTF-8. Audited as a look at contacts. */
  async make(principal: Principal, id: string): Promise<MadeFile> {
    const { tenantId, restrictedTo } = principal;
    const row = await this.database.within({ tenantId, restrictedTo }, async (tx) => {
      const found = await findImport(tx, tenantId, id);
      if (found === undefined) throw notFound('import');
      refuseStrangers(principal, found);
      await Audit.record(tx, principal, 'lead_import.rejects_read', 'lead_import', id);
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
    { id, separator }: ImportRow,
    columns: readonly string[],
    encoding: string,
  ): AsyncGenerator<Uint8Array> {
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
        const rows = this.boxes.openRejects(id, box);
        yield iconv.encode(rows.map((row) => line(rejectedCells(columns, row))).join(''), encoding);
        after = firstRow;
      }
      isLast = boxes.length < BOXES;
    }
  }
}
