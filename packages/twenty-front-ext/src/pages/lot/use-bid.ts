import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { Problem } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import {
  BidderWalletDocument,
  LotPageDocument,
  PlaceBidDocument,
} from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { BidKeys } from './bid-keys.ts';

interface Bidding {
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Of a bid of this amount nobody knows whether it was taken; it may be sent again, whatever the price is now. */
  readonly unsure: number | null;
  /** Answers whether the bid was taken. */
  readonly bid: (amount: number) => Promise<boolean>;
  readonly forget: () => void;
}

/** Bids on a lot. The same amount after an answer that was lost is the same bid, not a second one. */
export function useBid({ id, currency }: LotLineFragment): Bidding {
  const { t } = useLingui();
  const { money } = useFormat();
  const snackbar = useSnackbar();
  const keys = useRef(new BidKeys(() => crypto.randomUUID()));
  const [unsure, setUnsure] = useState<number | null>(null);
  const { problem, busy, run, forget } = useAttempt();
  const [place] = useMutation(PlaceBidDocument, {
    refetchQueries: [LotPageDocument, BidderWalletDocument],
  });
  const bid = async (amount: number): Promise<boolean> => {
    const key = keys.current.of(amount);
    const refused = await run(async () => {
      const { data } = await place({ variables: { lotId: id, key, amount } });
      const placed = data?.placeBid;
      if (placed === undefined) throw new Error('The answer has no data.');
      snackbar.success(
        placed.bought
          ? t`The lot is yours for ${money(placed.amount, currency)}.`
          : t`Your bid of ${money(placed.amount, currency)} counts.`,
      );
    });
    keys.current.answered(refused);
    setUnsure(keys.current.unsure);
    return refused === null;
  };
  return { problem, busy, unsure, bid, forget };
}
