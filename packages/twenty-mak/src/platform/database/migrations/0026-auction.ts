import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** The ledger of the wallets, and the lots of the auction with their bids. */
export class Auction1700000000026 implements MigrationInterface {
  readonly name = 'Auction1700000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WALLET);
    await runner.query(AUCTION);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed())
      await runner.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
    await runner.query('DROP FUNCTION mak_check_entry()');
  }
}

const TABLES = [
  'wallet_account',
  'wallet_entry',
  'wallet_posting',
  'wallet_hold',
  'payment_provider',
  'lot_rule',
  'lot',
  'lot_lead',
  'lot_follower',
  'lot_notice',
  'bid',
  'bid_answer',
  'lead_return',
] as const;

const WALLET = `
-- A wallet is that of a partner or franchisee, or of the tenant itself for its head office; the outside has the id of nobody.
CREATE TABLE wallet_account (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  kind text NOT NULL,
  owner_id uuid NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT wallet_account_held CHECK (held >= 0)
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX wallet_account_owner ON wallet_account (tenant_id, owner_id, currency);

CREATE TABLE wallet_entry (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  currency text NOT NULL,
  at timestamptz(3) NOT NULL,
  actor text NOT NULL,
  note text,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE wallet_posting (
  tenant_id uuid NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  account_id uuid NOT NULL REFERENCES wallet_account ON DELETE CASCADE,
  amount bigint NOT NULL,
  -- Of the account, after this posting.
  balance bigint NOT NULL,
  place bigserial NOT NULL,
  PRIMARY KEY (tenant_id, entry_id, account_id),
  FOREIGN KEY (tenant_id, entry_id) REFERENCES wallet_entry ON DELETE CASCADE
);
CREATE UNIQUE INDEX wallet_posting_account ON wallet_posting (account_id, place);

-- A hold of 0 is gone; its row stays for the next bid.
CREATE TABLE wallet_hold (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES wallet_account ON DELETE CASCADE,
  purpose text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (account_id, purpose),
  CONSTRAINT wallet_hold_amount CHECK (amount >= 0)
) WITH (fillfactor = 60);
CREATE INDEX wallet_hold_purpose ON wallet_hold (tenant_id, purpose);

CREATE TABLE payment_provider (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  provider text COLLATE "C" NOT NULL,
  secret bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, provider)
);

-- At the end of the transaction every entry that was touched sums to zero.
CREATE FUNCTION mak_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text := to_jsonb(NEW) ->> TG_ARGV[0];
  parts integer;
  total numeric;
BEGIN
  SELECT count(*), coalesce(sum(amount), 0) INTO parts, total
  FROM wallet_posting WHERE tenant_id = NEW.tenant_id AND entry_id = entry;
  IF parts < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'the postings of % sum to % and must sum to zero', entry, total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER wallet_entry_balanced AFTER INSERT OR UPDATE ON wallet_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mak_check_entry('id');
CREATE CONSTRAINT TRIGGER wallet_posting_balanced AFTER INSERT OR UPDATE ON wallet_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mak_check_entry('entry_id');
`;

const AUCTION = `
CREATE TABLE lot_rule (
  tenant_id uuid PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  rules jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE lot (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  seller_id uuid NOT NULL,
  kind text NOT NULL,
  terms jsonb NOT NULL,
  currency text NOT NULL,
  opens_at timestamptz(3) NOT NULL,
  planned_end timestamptz(3) NOT NULL,
  leads integer NOT NULL,
  cities text[] NOT NULL DEFAULT '{}',
  niches text[] NOT NULL DEFAULT '{}',
  sources text[] NOT NULL DEFAULT '{}',
  sells_at_once boolean NOT NULL,
  relisted integer NOT NULL DEFAULT 0,
  relist_of uuid,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- The state that its bids have left.
  seq integer NOT NULL DEFAULT 0,
  last_at timestamptz(3),
  ends_at timestamptz(3) NOT NULL,
  extensions integer NOT NULL DEFAULT 0,
  leader_id uuid,
  price bigint,
  outcome text,
  unsold_reason text,
  winner_id uuid,
  winning_seq integer,
  final_price bigint,
  closed_at timestamptz(3),
  next_step text
) WITH (fillfactor = 50);
CREATE INDEX lot_open ON lot (tenant_id, ends_at, id) WHERE outcome IS NULL;
CREATE INDEX lot_closed ON lot (tenant_id, closed_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX lot_seller ON lot (tenant_id, seller_id, id);
CREATE INDEX lot_winner ON lot (tenant_id, winner_id, closed_at, id) WHERE winner_id IS NOT NULL;

-- What is seen of a lead, as it was when the lot was made. Nothing here says who it is.
CREATE TABLE lot_lead (
  tenant_id uuid NOT NULL,
  lot_id uuid NOT NULL REFERENCES lot ON DELETE CASCADE,
  lead_id uuid NOT NULL,
  place integer NOT NULL,
  city text,
  niche text,
  source text NOT NULL,
  amount bigint,
  score integer,
  lead_created_at timestamptz(3) NOT NULL,
  price bigint,
  assigned_to uuid,
  assigned_at timestamptz(3),
  PRIMARY KEY (lot_id, lead_id)
);
CREATE INDEX lot_lead_lead ON lot_lead (tenant_id, lead_id);
CREATE INDEX lot_lead_assigned ON lot_lead (tenant_id, assigned_to, assigned_at) WHERE assigned_to IS NOT NULL;

CREATE TABLE lot_follower (
  tenant_id uuid NOT NULL,
  lot_id uuid NOT NULL REFERENCES lot ON DELETE CASCADE,
  account_id uuid NOT NULL,
  PRIMARY KEY (account_id, lot_id)
);
CREATE INDEX lot_follower_lot ON lot_follower (lot_id);

-- What people have been told of a lot, so that they are told once.
CREATE TABLE lot_notice (
  tenant_id uuid NOT NULL,
  lot_id uuid PRIMARY KEY REFERENCES lot ON DELETE CASCADE,
  told_seq integer NOT NULL DEFAULT 0,
  told_at timestamptz(3),
  offered boolean NOT NULL DEFAULT false,
  ending boolean NOT NULL DEFAULT false,
  finished boolean NOT NULL DEFAULT false
);
CREATE INDEX lot_notice_open ON lot_notice (tenant_id) WHERE NOT finished;

CREATE TABLE bid (
  tenant_id uuid NOT NULL,
  lot_id uuid NOT NULL REFERENCES lot ON DELETE CASCADE,
  seq integer NOT NULL,
  bidder_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  offered bigint NOT NULL,
  amount bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  extensions integer NOT NULL,
  placed_by uuid NOT NULL,
  PRIMARY KEY (lot_id, seq)
);
CREATE UNIQUE INDEX bid_key ON bid (bidder_id, lot_id, key);

-- Offers that were refused: a repeat gets the same answer again.
CREATE TABLE bid_answer (
  tenant_id uuid NOT NULL,
  lot_id uuid NOT NULL REFERENCES lot ON DELETE CASCADE,
  bidder_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  code text NOT NULL,
  reason text NOT NULL,
  field text,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (bidder_id, lot_id, key)
);

CREATE TABLE lead_return (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  lot_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  buyer_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  price bigint NOT NULL,
  currency text NOT NULL,
  bought_at timestamptz(3) NOT NULL,
  requested_by uuid NOT NULL,
  reason text NOT NULL,
  comment text NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  verdict text,
  arbiter_id uuid,
  note text,
  decided_at timestamptz(3)
);
CREATE UNIQUE INDEX lead_return_lead ON lead_return (lot_id, lead_id);
CREATE INDEX lead_return_recent ON lead_return (tenant_id, id);
`;

/** Companies see what is theirs; what a lot shows to others goes through the views of the rules. */
const ACCESS = `
CREATE POLICY restricted ON wallet_account AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR owner_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON wallet_posting AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR account_id IN (SELECT id FROM wallet_account));
CREATE POLICY restricted ON wallet_hold AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR account_id IN (SELECT id FROM wallet_account));
CREATE POLICY restricted ON wallet_entry AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR id IN (SELECT entry_id FROM wallet_posting));
CREATE POLICY restricted ON payment_provider AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON lot_rule AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON lot AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL
  OR seller_id::text = (SELECT mak_restricted_to()) OR winner_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON lot_lead AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR lot_id IN (SELECT id FROM lot));
CREATE POLICY restricted ON lot_follower AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON lot_notice AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON bid AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR bidder_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON bid_answer AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR bidder_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON lead_return AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL
  OR buyer_id::text = (SELECT mak_restricted_to()) OR seller_id::text = (SELECT mak_restricted_to()));

-- Money that moved and bids that were made stay as they are; they end with their tenant.
GRANT USAGE ON SEQUENCE wallet_posting_place_seq TO mak_app;
REVOKE UPDATE, DELETE ON wallet_entry, wallet_posting, bid, bid_answer FROM mak_app;
REVOKE UPDATE, DELETE ON wallet_account FROM mak_app;
GRANT UPDATE (balance, held) ON wallet_account TO mak_app;
REVOKE DELETE ON lot, lot_lead, lead_return FROM mak_app;

GRANT SELECT (tenant_id, id, ends_at, outcome) ON lot TO mak_scan;
CREATE POLICY scan ON lot FOR SELECT TO mak_scan USING (true);
GRANT SELECT (tenant_id, finished) ON lot_notice TO mak_scan;
CREATE POLICY scan ON lot_notice FOR SELECT TO mak_scan USING (true);
`;
