import { compactTruthTable, KNOWN_TYPES, truthTable, verifyPipeline } from 'twenty-mak-domain';
import type {
  CompactTruthRow,
  CompiledPipeline,
  PipelineDefinition,
  TruthPage,
  TruthRow,
  TruthTableQuery,
  Verification,
} from 'twenty-mak-domain';
import { readDraft } from './read-draft.ts';

export interface TableQuery {
  /** Combinations that differ only in what decides nothing are one row. */
  readonly compact: boolean;
  readonly offset: number;
  readonly limit: number;
  /** Only without `compact`. */
  readonly where?: NonNullable<TruthTableQuery['where']>;
}

export type Table = TruthPage<TruthRow | CompactTruthRow>;

/** What is asked of the background; a definition that cannot be read is not sent there. */
export type CheckRequest = { readonly id: number; readonly definition: PipelineDefinition } & (
  | { readonly kind: 'verify' }
  | { readonly kind: 'table'; readonly query: TableQuery }
);

export type CheckAnswer = { readonly id: number } & (
  | { readonly kind: 'verify'; readonly verification: Verification }
  | { readonly kind: 'table'; readonly table: Table }
);

/** Answers one request. Looks at up to 65,536 combinations of facts, so it runs beside the page. */
export function answerCheck(request: CheckRequest): CheckAnswer {
  const { compiled } = readDraft(request.definition);
  if (compiled === null) throw new Error('the definition cannot be read');
  const { id } = request;
  switch (request.kind) {
    case 'verify':
      return {
        id,
        kind: 'verify',
        verification: verifyPipeline(compiled, { knownTypes: KNOWN_TYPES }),
      };
    case 'table':
      return { id, kind: 'table', table: tableOf(compiled, request.query) };
  }
}

function tableOf(compiled: CompiledPipeline, { compact, offset, limit, where }: TableQuery): Table {
  if (compact) return compactTruthTable(compiled, { offset, limit });
  return truthTable(compiled, { offset, limit, ...(where === undefined ? {} : { where }) });
}
