import { formatInstant, MAX_AMOUNT } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  keyField,
  limitField,
  plainText,
  textField,
  uuidField,
} from '../../platform/validation/index.ts';
import type {
  HoldRow,
  LotNameRow,
  ProviderRow,
  StatementRow,
  WalletRow,
} from './wallet.repository.ts';

/** What takes a top-up back is named after it, so no top-up may be named so. */
const paymentNumber = plainText(200).refine((text) => !text.endsWith('/reversal'), {
  error: 'must not end with /reversal',
});
const amountField = z.int().min(1).max(MAX_AMOUNT).describe('Minor units, e.g. cents.');

export const findWalletSchema = z.strictObject({
  account_id: uuidField
    .optional()
    .describe('Whose wallet; left out: the own one. Those of others need wallet:manage.'),
  currency: currencyField.optional().describe("Left out: the tenant's currency."),
});
export type FindWallet = z.output<typeof findWalletSchema>;

export const listWalletsSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});
export type ListWallets = z.output<typeof listWalletsSchema>;

export const statementSchema = findWalletSchema.extend(listWalletsSchema.shape);
export type StatementOf = z.output<typeof statementSchema>;

export const topUpSchema = z.strictObject({
  account_id: uuidField.describe(
    "Head account of the partner or franchisee, or the tenant's id for the head office.",
  ),
  amount: amountField,
  currency: currencyField.optional().describe("Left out: the tenant's currency."),
  reference: paymentNumber.describe(
    'Number of the payment, e.g. of the bank. The same again changes nothing.',
  ),
  note: textField(500).optional(),
});
export type TopUpRequest = z.output<typeof topUpSchema>;

export const reversalSchema = z.strictObject({
  entry_id: plainText(500).describe('A top-up that was a mistake.'),
  note: textField(500).describe('Why.'),
});
export type ReversalRequest = z.output<typeof reversalSchema>;

/** What a provider tells of a payment; further members are not read. */
export const paymentSchema = z.object({
  payment_id: paymentNumber,
  account_id: uuidField,
  amount: amountField,
  currency: currencyField,
});
export type Payment = z.output<typeof paymentSchema>;

export const providerSchema = z.strictObject({ provider: keyField });

export const lotNameSchema = z
  .object({
    cities: z.array(z.string()),
    niches: z.array(z.string()),
    lead_count: z.int(),
  })
  .describe('What the lot is called by: keys of the lists of leads, each once.');
export type LotName = z.output<typeof lotNameSchema>;

export const walletSchema = z.object({
  account_id: z
    .uuid()
    .describe("The owner: a head account, or the tenant's id for the head office."),
  owner_name: z.string().nullable(),
  currency: z.string(),
  balance: z.int().describe('Minor units; below zero is a debt.'),
  held: z
    .int()
    .describe('Of it promised for lots; of others without what is held for sealed bids.'),
  available: z.int(),
  holds: z.array(z.object({ lot_id: z.uuid(), lot: lotNameSchema.nullable(), amount: z.int() })),
});
export type WalletView = z.output<typeof walletSchema>;

export const walletPageSchema = z.object({
  items: z.array(walletSchema.omit({ holds: true })),
  next: z.string().nullable(),
});
export type WalletSummary = Omit<WalletView, 'holds'>;

export const statementLineSchema = z.object({
  entry_id: z.string(),
  kind: z.enum(['top_up', 'payout', 'capture', 'correction', 'reversal']),
  amount: z.int().describe('What the wallet got, or gave when it is negative.'),
  balance: z.int().describe('After it.'),
  at: z.iso.datetime(),
  lot_id: z.uuid().nullable(),
  lot: lotNameSchema.nullable(),
  lead_id: z.uuid().nullable(),
  note: z.string().nullable(),
});
export type StatementLineView = z.output<typeof statementLineSchema>;

export const statementPageSchema = z.object({
  items: z.array(statementLineSchema),
  next: z.string().nullable(),
});

export const toppedUpSchema = z.object({
  entry_id: z.string(),
  repeated: z.boolean().describe('It was recorded before and changed nothing now.'),
  wallet: walletSchema,
});
export type ToppedUp = z.output<typeof toppedUpSchema>;

export const auditSchema = z.object({
  ok: z.boolean(),
  faults: z.array(
    z.object({
      kind: z.enum(['balance', 'held', 'statement', 'unbalanced']),
      id: z.string(),
      written: z.int(),
      expected: z.int(),
    }),
  ),
});
export type AuditView = z.output<typeof auditSchema>;

export const providerViewSchema = z.object({ provider: z.string(), created_at: z.iso.datetime() });
export type ProviderView = z.output<typeof providerViewSchema>;
export const newProviderSchema = z.object({
  provider: z.string(),
  secret: z.string().describe('Shown once. Signs messages as the Standard Webhooks libraries do.'),
  path: z.string(),
});
export type NewProvider = z.output<typeof newProviderSchema>;

export function walletSummary(row: WalletRow): WalletSummary {
  const { owner_id, owner_name, currency, balance, held } = row;
  return { account_id: owner_id, owner_name, currency, balance, held, available: balance - held };
}

type LotNames = ReadonlyMap<string, LotNameRow>;

export function walletView(row: WalletRow, holds: readonly HoldRow[], names: LotNames): WalletView {
  return {
    ...walletSummary(row),
    holds: holds.map(({ purpose, amount }) => ({
      lot_id: purpose,
      lot: lotName(names.get(purpose)),
      amount,
    })),
  };
}

function lotName(row: LotNameRow | undefined): LotName | null {
  if (row === undefined) return null;
  return { cities: [...row.cities], niches: [...row.niches], lead_count: row.leads };
}

const PAYMENT = /^lot\/([0-9a-f-]{36})\/([0-9a-f-]{36})/;

/** The lot that an entry pays for; null when it is about something else. */
export function lotOfEntry({ entry_id }: Pick<StatementRow, 'entry_id'>): string | null {
  return PAYMENT.exec(entry_id)?.[1] ?? null;
}

export function statementLineView(row: StatementRow, names: LotNames): StatementLineView {
  const { entry_id, kind, amount, balance, at, note } = row;
  const [, lot_id = null, lead_id = null] = PAYMENT.exec(entry_id) ?? [];
  const lot = lot_id === null ? null : lotName(names.get(lot_id));
  return { entry_id, kind, amount, balance, at: formatInstant(at), lot_id, lot, lead_id, note };
}

export function providerView({ provider, created_at }: ProviderRow): ProviderView {
  return { provider, created_at: formatInstant(created_at) };
}
