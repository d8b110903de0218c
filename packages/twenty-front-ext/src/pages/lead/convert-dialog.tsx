import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientsOfLeadDocument, ConvertLeadDocument } from '../../generated/graphql.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import type { ClientChoice } from '../../parts/clients/client-picker.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { ConversionClient } from './conversion-client.tsx';
import { clientInput, newClientDraft } from './conversion-draft.ts';
import type { ClientDraft } from './conversion-draft.ts';

interface ConvertDialogProps {
  readonly lead: LeadDetailFragment;
  readonly onClose: () => void;
}

/** Asks what the deal is called, whose it is, and for which client: first of all the one that has a number of the lead. */
export function ConvertDialog({ lead, onClose }: ConvertDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const isCompany = useIsCompany();
  const { pipelines, problem: unread } = usePipelines();
  const known = useClientsOf(lead);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(lead.title ?? '');
  const [owner, setOwner] = useState<PersonChoice | null>(lead.buyer);
  const [draft, setDraft] = useState<ClientDraft | null>(null);
  const [convert] = useMutation(ConvertLeadDocument);
  const { problem, busy, run } = useAttempt();
  const pipeline = chosen ?? pipelines?.[0]?.key ?? '';
  const client = draft ?? newClientDraft(lead, known.clients ?? []);
  const input = clientInput(client);
  const submit = async (): Promise<void> => {
    if (input === null) return;
    const deal = { name: name.trim(), pipeline, version: lead.version };
    const whose = owner === null || isCompany ? {} : { ownerId: owner.id };
    const failed = await run(async () => {
      await convert({ variables: { id: lead.id, input: { ...deal, ...whose, ...input } } });
    });
    if (failed !== null) return;
    onClose();
    snackbar.success(t`The lead has become a deal`);
  };
  return (
    <FormDialog
      title={t`Convert into a deal`}
      action={t`Convert`}
      problem={problem ?? unread ?? known.problem}
      busy={busy}
      unfit={pipeline === '' || name.trim() === '' || known.clients === null || input === null}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`Name of the deal`}
        hint={t`Everybody who sees the deal sees it.`}
        required
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <SelectField
        label={t`Pipeline`}
        value={pipeline}
        options={(pipelines ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        onChange={setChosen}
      />
      {!isCompany && (
        <PersonPicker
          label={t`Owner of the deal`}
          placeholder={t`Nobody`}
          value={owner}
          onChange={setOwner}
        />
      )}
      <ConversionClient
        lead={lead}
        known={known.clients ?? []}
        value={client}
        onChange={setDraft}
      />
    </FormDialog>
  );
}

/** Clients that have a number or an address of the lead; none where the person may not know. Null while they are looked for. */
function useClientsOf({ id }: LeadDetailFragment) {
  const [persons, isCompany] = [useMay('persons:read'), useIsCompany()];
  const skip = !persons && !isCompany;
  const { data, error } = useQuery(ClientsOfLeadDocument, {
    variables: { lead: id },
    fetchPolicy: 'network-only',
    skip,
  });
  const found: readonly ClientChoice[] | undefined = data?.clients.nodes;
  return {
    clients: skip ? [] : (found ?? null),
    problem: error === undefined ? null : problemOf(error),
  };
}
