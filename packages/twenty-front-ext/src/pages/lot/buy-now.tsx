import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { useBid } from './use-bid.ts';

interface BuyNowProps {
  readonly lot: LotLineFragment;
  readonly price: number;
  readonly bidding: ReturnType<typeof useBid>;
}

/** Ends the auction with a purchase; it is asked once more, for it cannot be taken back. */
export function BuyNow({ lot, price, bidding: { problem, busy, bid, forget } }: BuyNowProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const [isAsking, setAsking] = useState(false);
  const amount = money(price, lot.currency);
  const buy = async (): Promise<void> => {
    if (await bid(price)) setAsking(false);
  };
  return (
    <>
      <Button
        type="button"
        variant="secondary"
        title={t`Buy now for ${amount}`}
        onClick={() => {
          forget();
          setAsking(true);
        }}
      />
      <ConfirmDialog
        open={isAsking}
        title={t`Buy for ${amount}?`}
        action={t`Buy`}
        busy={busy}
        onConfirm={() => void buy()}
        onClose={() => setAsking(false)}
      >
        <FormProblem problem={problem} />
        <p>
          <Trans>The lot is yours at once, and the price is taken from your wallet.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
