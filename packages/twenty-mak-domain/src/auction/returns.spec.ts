import { describe, expect, it } from 'vitest';
import type { Decision } from '../basics/index.ts';
import { auditLedger } from '../wallet/index.ts';
import { accountOf, booksWith, done } from '../wallet/fixtures.ts';
import { ledgerOperations, pricePerLead } from './effects.ts';
import { ASCENDING, expectRefusal, lotOf, raise } from './fixtures.ts';
import { decideReturn, requestReturn, returnOperations } from './returns.ts';
import type { LeadReturn, Purchase, ReturnDecision, ReturnRequest } from './returns.ts';

const RULE = { window: 500, reasons: ['wrong_contact', 'duplicate'] };
const PURCHASE: Purchase = {
  lotId: 'lot',
  leadId: 'lead',
  buyerId: 'buyer',
  sellerId: 'seller',
  price: 120,
  boughtAt: 2_000,
};
const REQUEST: ReturnRequest = {
  participantId: 'buyer',
  accountId: 'person',
  reason: 'duplicate',
  comment: 'We know them.',
  at: 2_499,
};
const VERDICT: ReturnDecision = {
  arbiterId: 'arbiter',
  verdict: 'accepted',
  note: 'True.',
  at: 2_600,
};

const ask = (change: Partial<ReturnRequest> = {}, earlier: LeadReturn | null = null) =>
  requestReturn(RULE, PURCHASE, earlier, { ...REQUEST, ...change });
const decide = (change: Partial<ReturnDecision> = {}, lead = valueOf(ask())) =>
  decideReturn(lead, { ...VERDICT, ...change });

function valueOf<T>(decision: Decision<T>): T {
  return decision.ok ? decision.value : raise(decision.refusal.code);
}

describe('a return', () => {
  it('is asked for by the buyer within the window', () => {
    expect(ask()).toEqual({
      ok: true,
      value: { purchase: PURCHASE, request: REQUEST, decision: null },
    });
    expect(returnOperations(valueOf(ask()))).toEqual([]);
  });

  it.each<[string, string, Partial<ReturnRequest>]>([
    ['not_the_buyer', 'lead_id', { participantId: 'seller' }],
    ['return_window_over', 'at', { at: 2_500 }],
    ['unknown_return_reason', 'reason', { reason: 'mood' }],
    ['return_comment_missing', 'comment', { comment: ' ' }],
  ])('is refused: %s at %s', (code, field, change) => {
    expectRefusal(ask(change), code, field);
  });

  it('names the reasons that there are', () => {
    expect(ask({ reason: 'mood' })).toMatchObject({
      refusal: { reason: 'The reason of a return is one of wrong_contact, duplicate.' },
    });
  });

  it('is asked for once, also when it was rejected', () => {
    const rejected = valueOf(decide({ verdict: 'rejected' }));
    for (const earlier of [valueOf(ask()), rejected])
      expectRefusal(ask({}, earlier), 'return_exists', 'lead_id');
  });

  it('is decided once', () => {
    const accepted = valueOf(decide());
    expect(accepted).toEqual({ ...valueOf(ask()), decision: VERDICT });
    expect(decide({ at: 9_999, note: 'Again.' }, accepted)).toEqual({ ok: true, value: accepted });
    expectRefusal(decide({ verdict: 'rejected' }, accepted), 'return_decided', 'verdict');
    expect(decide({ verdict: 'rejected' }, accepted)).toMatchObject({
      refusal: { reason: 'The return was accepted before.' },
    });
  });

  it.each(['person', 'buyer', 'seller'])('is not decided by the %s of it', (arbiterId) => {
    expectRefusal(decide({ arbiterId }), 'arbiter_is_party', 'arbiter_id');
  });

  it('is not decided by who has sold for the seller', () => {
    const asked = valueOf(ask());
    expectRefusal(decideReturn(asked, VERDICT, 'arbiter'), 'arbiter_is_party', 'arbiter_id');
    expect(decideReturn(asked, VERDICT, 'somebody').ok).toBe(true);
  });

  it('is decided with a word to both sides', () => {
    expectRefusal(decide({ note: '\n' }), 'return_note_missing', 'note');
  });
});

describe('the money of a return', () => {
  const lot = lotOf(ASCENDING, { leadIds: ['lead', 'other'] });
  const wallets = { ofBidder: (id: string) => id, ofSeller: 'seller' };
  const sold = done(
    booksWith({ buyer: 300, seller: 0 }),
    ...ledgerOperations(
      lot,
      [
        { kind: 'hold', bidderId: 'buyer', amount: 241 },
        { kind: 'capture', bidderId: 'buyer', amount: 241 },
      ],
      wallets,
      2_000,
    ),
  );
  const price = pricePerLead(lot, 241).get('lead') ?? 0;
  const returned = valueOf(
    decideReturn(valueOf(requestReturn(RULE, { ...PURCHASE, price }, null, REQUEST)), VERDICT),
  );

  it('goes back to the last unit, for the returned lead alone, and once', () => {
    const operations = returnOperations(returned);
    expect(operations).toEqual([{ kind: 'reverse', entryId: 'lot/lot/lead', at: 2_600 }]);
    const after = done(sold, ...operations, ...operations);
    expect(price).toBe(121);
    expect(accountOf(after, 'buyer').balance).toBe(300 - 241 + 121);
    expect(accountOf(after, 'seller').balance).toBe(120);
    expect(auditLedger(after)).toEqual([]);
  });

  it('stays where it is when the return is rejected, or nothing was paid', () => {
    expect(returnOperations(valueOf(decide({ verdict: 'rejected' })))).toEqual([]);
    expect(returnOperations({ ...returned, purchase: { ...PURCHASE, price: 0 } })).toEqual([]);
  });
});
