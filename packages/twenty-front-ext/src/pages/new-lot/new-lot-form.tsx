import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import {
  AuctionLotsDocument,
  AuctionRulesDocument,
  CreateLotDocument,
} from '../../generated/graphql.ts';
import type { AuctionRuleFieldsFragment } from '../../generated/graphql.ts';
import { serverNow } from '../../parts/auction/use-server-now.ts';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { LeadChoice } from './lead-choice.tsx';
import { newDraft, readDraft } from './lot-draft.ts';
import type { DraftField, LotDraft } from './lot-draft.ts';
import { TermsFields } from './terms-fields.tsx';
import { TimeFields } from './time-fields.tsx';

/** Every part of the form. */
export interface DraftProps {
  readonly draft: LotDraft;
  readonly onChange: (part: Partial<LotDraft>) => void;
  /** What is wrong with a field; null when nothing is. */
  readonly errorOf: (field: DraftField) => string | null;
}

/** Leads that the address names. */
function namedIn(params: URLSearchParams): readonly string[] {
  return [...new Set((params.get('leads') ?? '').split(',').filter((id) => id !== ''))];
}

/** Which leads, for how long, on which terms. */
export function NewLotForm() {
  const { data, error, refetch } = useQuery(AuctionRulesDocument);
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  return <LotForm terms={data.auctionRules.newLot} />;
}

function LotForm({ terms }: { readonly terms: AuctionRuleFieldsFragment['newLot'] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const { currency } = useTenant();
  const [params] = useSearchParams();
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateLotDocument, { refetchQueries: [AuctionLotsDocument] });
  const [wrong, setWrong] = useState<ReadonlySet<DraftField>>(new Set());
  const [named] = useState(() => namedIn(params));
  const [draft, setDraft] = useState<LotDraft>(() => newDraft(terms, currency, named));
  const change = (part: Partial<LotDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    setWrong((before) => new Set([...before].filter((field) => !(field in part))));
  };
  const errorOf = (field: DraftField): string | null => {
    if (!wrong.has(field)) return null;
    if (field === 'leadIds') return t`Choose at least one lead.`;
    return t`Enter a number above zero.`;
  };
  const submit = async (): Promise<void> => {
    const reading = readDraft(draft, currency, serverNow());
    if ('wrong' in reading) {
      setWrong(reading.wrong);
      return;
    }
    await run(async () => {
      const { data } = await create({ variables: { input: reading.input } });
      snackbar.success(t`The lot is on auction.`);
      if (data !== undefined && data !== null) navigate(`/auction/${data.createLot.id}`);
    });
  };
  const fields = { draft, onChange: change, errorOf };
  return (
    <Form problem={problem} onSubmit={submit}>
      <Sections>
        <LeadChoice {...fields} named={named} />
        <TermsFields {...fields} />
        <TimeFields {...fields} />
        <SectionActions>
          <Button
            type="submit"
            title={t`Put on auction`}
            variant="primary"
            accent="blue"
            disabled={busy}
          />
          <Button
            type="button"
            title={t`Cancel`}
            variant="secondary"
            onClick={() => navigate('/auction')}
          />
        </SectionActions>
      </Sections>
    </Form>
  );
}
