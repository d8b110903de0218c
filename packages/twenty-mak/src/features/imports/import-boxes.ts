import { Inject, Injectable } from '@nestjs/common';
import type { ImportSummary, RejectedRow } from 'twenty-mak-domain';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SecretBox } from '../../platform/secrets/index.ts';
import type { ImportRow } from './imports.repository.ts';

type Of = Pick<ImportRow, 'target' | 'id'>;

/** What imports keep of a file: sealed, because people stand in it. What we sealed ourselves is read without a check. */
@Injectable()
export class ImportBoxes {
  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  sealReport(of: Of, summary: ImportSummary): Buffer {
    return this.box.seal(purposeOf(of), of.id, JSON.stringify(summary));
  }

  openReport(of: Of, sealed: Buffer): ImportSummary {
    return JSON.parse(this.box.open(purposeOf(of), of.id, sealed)) as ImportSummary;
  }

  sealRejects(of: Of, rows: readonly RejectedRow[]): Buffer {
    const packed = gzipSync(JSON.stringify(rows), { level: 1 }).toString('base64');
    return this.box.seal(purposeOf(of), of.id, packed);
  }

  openRejects(of: Of, sealed: Buffer): readonly RejectedRow[] {
    const packed = Buffer.from(this.box.open(purposeOf(of), of.id, sealed), 'base64');
    return JSON.parse(gunzipSync(packed).toString()) as readonly RejectedRow[];
  }
}

function purposeOf({ target }: Of): string {
  return `${target} imports`;
}
