export { lockBooks, openWallets, readEntries, saveBooks } from './ledger.repository.ts';
export type { LockedBooks } from './ledger.repository.ts';
export {
  PaymentProviderEntity,
  WalletAccountEntity,
  WalletEntryEntity,
  WalletHoldEntity,
  WalletPostingEntity,
} from './wallet.entity.ts';
export { WalletModule } from './wallet.module.ts';
export { WalletService } from './wallet.service.ts';
