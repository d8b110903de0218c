export type {
  BusinessStageCase,
  ConfirmedRegression,
  EndingDefinition,
  EventMapping,
  GateDefinition,
  PipelineDefinition,
  RuleDefinition,
  StageDefinition,
  TimerDefinition,
} from './definition.ts';
export type { Atom, Condition, Predicates } from './condition.ts';
export { MAX_PREDICATE_DEPTH, MAX_PREDICATE_LENGTH, readCondition } from './read-condition.ts';
export type { CelNode, ParseCel, Vocabulary } from './read-condition.ts';
export { vocabularyOf } from './predicates.ts';
export { compilePipeline } from './compile-source.ts';
export { compileRead, MAX_FACTS } from './compile.ts';
export type {
  BusinessStage,
  CompiledMapping,
  CompiledPipeline,
  CompiledRule,
  CompiledTimer,
  DomainComparison,
} from './compile.ts';
export { definitionFindings, PIPELINE_LIMITS, validateDefinition } from './validate.ts';
export { RESERVED_TYPES } from './references.ts';
export { verifyPipeline } from './verify.ts';
export type { Verification, VerifyOptions } from './verify.ts';
export type { Finding } from './finding.ts';
export type { Regression } from './regressions.ts';
export type { Vector } from './vectors.ts';
export { adtech, adtechCanonicalCase, credit, presets } from './presets/index.ts';
export { compactTruthTable, truthTable } from './truth-table.ts';
export type { CompactTruthRow, TruthPage, TruthRow, TruthTableQuery } from './truth-table.ts';
export { factsFrom, missingGatesIn, whatIf } from './what-if.ts';
export type { SingleChange, Supposition, WhatIf } from './what-if.ts';
export { possibleMoves, recordableFacts } from './moves.ts';
export { undoOf } from './undo.ts';
export type { EventHint, MissingFacts, PossibleMove, RecordableFact } from './moves.ts';
export { addStage, deleteStage, renameStage, reorderStages } from './edit.ts';
export type { AddedStage, StageRename } from './edit.ts';
export { renameGate } from './rename-gate.ts';
export { diffDefinitions } from './diff.ts';
export type { Change } from './diff.ts';
