import { Inject, Injectable } from '@nestjs/common';
import type { ImportSummary, RejectedRow } from 'twenty-mak-domain';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SecretBox } from '../../platform/secrets/index.ts';

const PURPOSE = 'lead imports';

/** What imports keep of a file: sealed, because people stand in it. What we sealed ourselves is read without a check. */
@Injectable()
export class ImportBoxes {
  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  sealReport(importId: string, summary: ImportSummary): Buffer {
    return this.box.seal(PURPOSE, importId, JSON.stringify(summary));
  }

  openReport(importId: string, sealed: Buffer): ImportSummary {
    return JSON.parse(this.box.open(PURPOSE, importId, sealed)) as ImportSummary;
  }

  sealRejects(importId: string, rows: readonly RejectedRow[]): Buffer {
    const packed = gzipSync(JSON.stringify(rows), { level: 1 }).toString('base64');
    return this.box.seal(PURPOSE, importId, packed);
  }

  openRejects(importId: string, sealed: Buffer): readonly RejectedRow[] {
    const packed = Buffer.from(this.box.open(PURPOSE, importId, sealed), 'base64');
    return JSON.parse(gunzipSync(packed).toString()) as readonly RejectedRow[];
  }
}
