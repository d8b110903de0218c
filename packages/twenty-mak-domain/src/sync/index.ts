export { fieldMatrix, onlyWinner } from './field-matrix.ts';
export type {
  Direction,
  FieldAbility,
  FieldMatrix,
  FieldRule,
  MatrixChanges,
  Priority,
  Side,
} from './field-matrix.ts';
export { agreeAfter, mergeRecord, outgoing } from './merge.ts';
export type {
  AgreedValue,
  Agreement,
  Conflict,
  Fingerprint,
  Merge,
  Sent,
  SideRecord,
  Values,
} from './merge.ts';
export { ANY_FIELD, markPending, URGENCIES } from './pending.ts';
export type { Mark, Pending, Urgency } from './pending.ts';
export { checkStageTable, readMove, statusToWrite } from './stage-table.ts';
export type { RemoteMove, StageTable } from './stage-table.ts';
export { spentBucket, takeToken } from './token-bucket.ts';
export type { Bucket, Budget, Taken } from './token-bucket.ts';
