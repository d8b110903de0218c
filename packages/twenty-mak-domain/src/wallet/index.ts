export { available, openAccount } from './account.ts';
export type { Account, AccountKind } from './account.ts';
export {
  checkEntry,
  isAmount,
  MAX_AMOUNT,
  refuseAmount,
  refuseFunds,
  reversalId,
  topUpEntry,
  transfer,
} from './entry.ts';
export type { Entry, EntryKind, Posting, TopUp } from './entry.ts';
export { applyToLedger, holdKey } from './ledger.ts';
export type { Hold, Ledger, LedgerChange, LedgerOperation } from './ledger.ts';
export { auditLedger, statementOf } from './audit.ts';
export type { Discrepancy, StatementLine } from './audit.ts';
