import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import { WithdrawLotDocument } from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

/** Takes a lot back that nobody has bid on; of sealed bids only the server knows. */
export function WithdrawButton({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const tenant = useTenant();
  const company = useIsCompany();
  const [sells, manages] = [useMay('auction:sell'), useMay('auction:manage')];
  const { problem, busy, run, forget } = useAttempt();
  const [withdraw] = useMutation(WithdrawLotDocument);
  const [isAsking, setAsking] = useState(false);
  const { id, isSeller, sellerId, outcome, bidCount } = lot;
  const isOwn = isSeller || (!company && (manages || sellerId === tenant.id));
  if (!sells || !isOwn || outcome !== null || (bidCount ?? 0) > 0) return null;
  const confirm = async (): Promise<void> => {
    const refused = await run(async () => void (await withdraw({ variables: { id } })));
    if (refused !== null) return;
    setAsking(false);
    snackbar.success(t`The lot is withdrawn.`);
  };
  return (
    <>
      <Button
        title={t`Withdraw`}
        variant="secondary"
        size="small"
        onClick={() => {
          forget();
          setAsking(true);
        }}
      />
      <ConfirmDialog
        open={isAsking}
        title={t`Withdraw this lot?`}
        action={t`Withdraw`}
        danger
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <FormProblem problem={problem} />
        <p>
          <Trans>Its leads can be offered again later.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
