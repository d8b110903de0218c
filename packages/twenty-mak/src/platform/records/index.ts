export {
  isKnownSql,
  isLinkedElsewhere,
  isLinkedSql,
  linkedRecords,
  relink,
  unlinkedRecords,
  wasTurnedAway,
} from './linked-records.ts';
export {
  feedSql,
  markChanged,
  ONE_MORE_REASON,
  RecordFeed,
  RECORDS_CHANNEL,
} from './record-feed.ts';
export type { ChangedRecord } from './record-feed.ts';
export { ProvidesRecords } from './record-source.ts';
export type {
  MakChange,
  MakMove,
  MakRecord,
  RecordSource,
  WritableRecordSource,
  WriteRefusal,
  Written,
} from './record-source.ts';
export { isWritable, RecordSources } from './record-sources.ts';
export { RecordsModule } from './records.module.ts';
