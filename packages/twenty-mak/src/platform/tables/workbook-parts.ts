import { posix } from 'node:path';
import { isDateFormat } from './cell-text.ts';
import { FileError } from './file-error.ts';
import { LIMITS } from './limits.ts';
import { attribute, readXml } from './xml-parts.ts';
import type { XmlAttributes } from './xml-parts.ts';
import type { ZipMembers } from './zip-members.ts';

export interface Sheet {
  readonly name: string;
  readonly visible: boolean;
  /** Member of the zip file. */
  readonly part: string;
}

/** Where the parts of a workbook are, and how its numbers are to be read. */
export interface WorkbookParts {
  readonly sheets: readonly Sheet[];
  readonly strings: string | null;
  /** Days are counted from 1904, as old Macintoshes did. */
  readonly from1904: boolean;
  /** Styles of cells whose numbers are dates. */
  readonly dateStyles: ReadonlySet<number>;
}

/** Throws FileError `not_a_workbook` when it is another kind of zip file, and `no_sheet`. */
export async function readWorkbookParts(zip: ZipMembers): Promise<WorkbookParts> {
  const root = await relations(zip, '');
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target;
  if (workbook === undefined || !zip.has(workbook) || !workbook.endsWith('.xml'))
    throw new FileError(
      'not_a_workbook',
      'This zip file is no workbook. Send the file as .xlsx or CSV, not packed.',
      'file',
    );
  const related = await relations(zip, workbook);
  const named: { name: string; id: string; visible: boolean }[] = [];
  let from1904 = false;
  await elements(zip, workbook, (name, attributes) => {
    if (name === 'workbookPr') from1904 = isTrue(attribute(attributes, 'date1904'));
    if (name !== 'sheet' || named.length >= LIMITS.sheets) return;
    named.push({
      name: attribute(attributes, 'name') ?? '',
      id: attribute(attributes, 'id') ?? '',
      visible: (attribute(attributes, 'state') ?? 'visible') === 'visible',
    });
  });
  const sheets = named.flatMap(({ name, id, visible }) => {
    const part = related.find((one) => one.id === id && one.type === 'worksheet')?.target;
    return part !== undefined && zip.has(part) ? [{ name, visible, part }] : [];
  });
  if (sheets.length === 0)
    throw new FileError('no_sheet', 'The workbook has no sheet with a table.', 'file');
  const partOf = (type: string): string | null => {
    const part = related.find((one) => one.type === type)?.target;
    return part !== undefined && zip.has(part) ? part : null;
  };
  const styles = partOf('styles');
  return {
    sheets,
    strings: partOf('sharedStrings'),
    from1904,
    dateStyles: styles === null ? new Set() : await dateStylesOf(zip, styles),
  };
}

interface Relation {
  readonly id: string;
  /** Last part of the type's address, which is the same in both editions of the standard. */
  readonly type: string;
  readonly target: string;
}

/** What a part refers to; the parts of the package itself when it is empty. */
async function relations(zip: ZipMembers, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!zip.has(file)) return [];
  const found: Relation[] = [];
  await elements(zip, file, (name, attributes) => {
    if (name !== 'Relationship' || found.length >= LIMITS.members) return;
    const target = attribute(attributes, 'Target') ?? '';
    if (attribute(attributes, 'TargetMode') === 'External') return;
    found.push({
      id: attribute(attributes, 'Id') ?? '',
      type: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    });
  });
  return found;
}

async function dateStylesOf(zip: ZipMembers, part: string): Promise<ReadonlySet<number>> {
  const codes = new Map<number, string>();
  const dates = new Set<number>();
  let inCells = false;
  let style = 0;
  await elements(zip, part, (name, attributes) => {
    if (name === 'numFmt')
      codes.set(
        Number(attribute(attributes, 'numFmtId')),
        attribute(attributes, 'formatCode') ?? '',
      );
    if (name === 'cellXfs' || name === 'cellStyleXfs' || name === 'cellStyles' || name === 'dxfs')
      inCells = name === 'cellXfs';
    if (name !== 'xf' || !inCells) return;
    const format = Number(attribute(attributes, 'numFmtId') ?? 0);
    if (isDateFormat(format, codes.get(format))) dates.add(style);
    style += 1;
  });
  return dates;
}

async function elements(
  zip: ZipMembers,
  part: string,
  found: (name: string, attributes: XmlAttributes) => void,
): Promise<void> {
  const handler = { open: found, close: () => undefined, text: () => undefined };
  for await (const _ of readXml(zip.read(part), handler));
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
