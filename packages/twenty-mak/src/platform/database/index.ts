export { afterCommit, apart, inTransaction } from './ambient.ts';
export { Batcher } from './batcher.ts';
export { instant, InstantColumn } from './columns.ts';
export { COMMIT_BEFORE_DISK, Database } from './database.ts';
export type { Entity, Scope, Transaction } from './database.ts';
export { DatabaseModule } from './database.module.ts';
export { migrate } from './migrate.ts';
export { insertRows, updateRows } from './rows.ts';
