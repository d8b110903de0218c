import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CompanyKind, RegistrationLineFragment } from '../../generated/graphql.ts';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import { COMPANY_KINDS } from '../../parts/companies/company-texts.ts';
import { usePlaces } from '../../parts/companies/use-places.ts';
import { InvitationDialog } from '../../parts/people/invitation-dialog.tsx';
import type { SentInvitation } from '../../parts/people/invitation-dialog.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { titleOf } from './title-of.ts';
import { useDecision } from './use-decision.ts';

interface DialogProps {
  readonly registration: RegistrationLineFragment;
  readonly onClose: () => void;
}

/** Role, places and grade of a new company; its head gets an invitation. */
export function ApproveDialog({ registration, onClose }: DialogProps) {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  const places = usePlaces();
  const { problem, busy, decide } = useDecision(registration);
  const [role, setRole] = useState<CompanyKind>(registration.kind);
  const [cities, setCities] = useState<readonly string[]>([registration.city]);
  const [niches, setNiches] = useState<readonly string[]>([registration.niche]);
  const [grade, setGrade] = useState('');
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const title = titleOf(registration) ?? t`this registration`;
  // Who registers has chosen from the lists, which name places by keys.
  const titleOfPlace = (place: string): string => places?.titleOf(place) ?? place;

  const submit = (): Promise<void> =>
    decide(
      {
        decision: 'approve',
        role,
        cities: [...cities],
        niches: [...niches],
        ...(grade.trim() === '' ? {} : { grade: grade.trim() }),
      },
      ({ invitation }) => {
        if (invitation === null || invitation === undefined) onClose();
        else setSent({ name: title, ...invitation });
      },
    );
  if (sent !== null) return <InvitationDialog sent={sent} onClose={onClose} />;
  return (
    <FormDialog
      title={t`Approve ${title}`}
      size="medium"
      action={t`Approve and invite`}
      problem={problem}
      busy={busy}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={t`Role`}
        value={role}
        options={COMPANY_KINDS.map((value) => ({ value, label: roleNames[value] }))}
        onChange={setRole}
      />
      <TokensField
        label={t`Cities`}
        hint={t`Where the company gets leads.`}
        values={cities.map(titleOfPlace)}
        suggestions={places?.cities ?? []}
        onChange={setCities}
      />
      <TokensField
        label={t`Niches`}
        values={niches.map(titleOfPlace)}
        suggestions={places?.niches ?? []}
        onChange={setNiches}
      />
      <TextField
        label={t`Grade`}
        hint={t`May stay empty. Rules of auctions can ask for it.`}
        maxLength={63}
        value={grade}
        onChange={setGrade}
      />
    </FormDialog>
  );
}
