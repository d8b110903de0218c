export { availableOf, openAccount } from './account.ts';
export type { LedgerAccount, LedgerAccountKind } from './account.ts';
export {
  checkEntry,
  isAmount,
  MAX_AMOUNT,
  refuseAmount,
  refuseFunds,
  reversalId,
  topUpEntry,
  transferEntry,
} from './entry.ts';
export type { LedgerEntry, LedgerEntryKind, LedgerPosting, TopUp } from './entry.ts';
export { applyToLedger, holdKey } from './ledger.ts';
export type { Hold, Ledger, LedgerChange, LedgerOperation } from './ledger.ts';
export { auditLedger, statementOf } from './audit.ts';
export type { Discrepancy, StatementLine } from './audit.ts';
