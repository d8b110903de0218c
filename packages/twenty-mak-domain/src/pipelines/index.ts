export type {
  ConfirmedRegression,
  EndingDefinition,
  EventMapping,
  GateDefinition,
  PipelineDefinition,
  RuleDefinition,
  StageDefinition,
  TimerDefinition,
} from './definition.ts';
export { readCondition, MAX_PREDICATE_LENGTH } from './condition.ts';
export type { Atom, CelNode, Condition, ParseCel, Vocabulary } from './condition.ts';
export { compilePipeline, MAX_FACTS } from './compile.ts';
export type { CompiledMapping, CompiledPipeline, CompiledRule, CompiledTimer, DomainComparison } from './compile.ts';
