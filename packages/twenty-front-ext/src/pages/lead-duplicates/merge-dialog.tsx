import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { PairLeadFragment, PairLineFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { Form } from '../../ui/form/form.tsx';
import { RadioGroup } from '../../ui/form/radio-group.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { MergeNews } from './merge-news.tsx';
import { MergeValues } from './merge-values.tsx';
import { useMerge } from './use-merge.ts';
import type { MergeChoice } from './use-merge.ts';

interface MergeDialogProps {
  readonly pair: PairLineFragment;
  readonly words: LeadWords;
  /** One of them is not any more as it is shown. */
  readonly onStale: () => Promise<void>;
  readonly onMerged: () => Promise<void>;
  readonly onClose: () => void;
}

/** One lead of two: who stays, and which values. What nobody chooses is as the rules say. */
export function MergeDialog({ pair, ...rest }: MergeDialogProps) {
  const { t } = useLingui();
  const [left, right] = pair.leads;
  return (
    <Dialog open size="medium" title={t`Merge two leads`} onClose={rest.onClose}>
      {left !== undefined && right !== undefined && <MergeForm leads={[left, right]} {...rest} />}
    </Dialog>
  );
}

type Leads = readonly [PairLeadFragment, PairLeadFragment];
type MergeFormProps = Omit<MergeDialogProps, 'pair'> & { readonly leads: Leads };

function MergeForm({ leads, words, onStale, onMerged, onClose }: MergeFormProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { look, refused, merge } = useMerge(leads);
  const [choice, setChoice] = useState<MergeChoice>({ survivor: null, values: {} });
  const { problem, busy, run } = useAttempt();
  if (refused !== null)
    return (
      <>
        <FormProblem problem={refused} />
        <DialogActions>
          {refused.code === 'stale_version' && (
            <Button title={t`Look again`} variant="secondary" onClick={() => void onStale()} />
          )}
          <Button title={t`Close`} variant="secondary" onClick={onClose} />
        </DialogActions>
      </>
    );
  if (look === null)
    return (
      <Loading>
        <Skeleton height={64} />
        <Skeleton height={160} />
      </Loading>
    );
  const survivorId = choice.survivor ?? look.survivorId;
  const submit = async (): Promise<void> => {
    const failed = await run(() => merge(choice), onStale);
    if (failed !== null) return;
    snackbar.success(t`The two leads are one now`);
    onClose();
    await onMerged();
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      <Survivor
        leads={leads}
        words={words}
        survivorId={survivorId}
        onChange={(survivor) => setChoice({ ...choice, survivor })}
      />
      <MergeValues
        leads={leads}
        words={words}
        ruled={look.values}
        chosen={choice.values}
        onChange={(values) => setChoice({ ...choice, values })}
      />
      <MergeNews leads={leads} survivorId={survivorId} />
      <DialogActions>
        <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
        <Button type="submit" title={t`Merge`} variant="primary" accent="blue" disabled={busy} />
      </DialogActions>
    </Form>
  );
}

/** Kinds in which somebody else counts on the lead, so that it has to stay. */
const BOUND: ReadonlySet<string> = new Set(['auction', 'sold', 'converted']);

interface SurvivorProps {
  readonly leads: Leads;
  readonly words: LeadWords;
  readonly survivorId: string;
  readonly onChange: (id: string) => void;
}

function Survivor({ leads, words, survivorId, onChange }: SurvivorProps) {
  const { t } = useLingui();
  const nameOf = useLeadName();
  const { dateTime } = useFormat();
  const bound = leads.find(({ kind, buyerId }) => BOUND.has(kind) || buyerId !== null);
  return (
    <RadioGroup
      label={t`Which lead stays`}
      value={survivorId}
      options={leads.map((lead) => {
        const status = words.titleOf('statuses', lead.status) ?? lead.status;
        const created = dateTime(lead.createdAt);
        return {
          value: lead.id,
          label: nameOf(lead),
          hint: t`${status}, entered ${created}`,
          disabled: bound !== undefined && bound.id !== lead.id,
        };
      })}
      hint={
        bound === undefined
          ? t`Its status stays too.`
          : t`A lead on auction, sold, given to a company or a deal stays, because others count on it.`
      }
      onChange={onChange}
    />
  );
}
