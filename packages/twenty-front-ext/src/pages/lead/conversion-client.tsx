import { useLingui } from '@lingui/react/macro';
import { ClientPicker } from '../../parts/clients/client-picker.tsx';
import type { ClientChoice } from '../../parts/clients/client-picker.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { ofKind } from './conversion-draft.ts';
import type { ClientDraft, NamedLead } from './conversion-draft.ts';

interface ConversionClientProps {
  readonly lead: NamedLead;
  /** Clients that have a number or an address of the lead. */
  readonly known: readonly ClientChoice[];
  readonly value: ClientDraft;
  readonly onChange: (value: ClientDraft) => void;
}

/** Whom the deal is for: a client of the contact, a new one, another one, or nobody yet. */
export function ConversionClient({ lead, known, value, onChange }: ConversionClientProps) {
  const { t } = useLingui();
  const set = (change: Partial<ClientDraft>): void => onChange({ ...value, ...change });
  return (
    <>
      <SelectField
        label={t`Client`}
        value={value.choice}
        options={[
          ...(known.length > 1 ? [{ value: '', label: t`Choose …` }] : []),
          ...known.map(({ id, name }) => ({ value: id, label: t`${name} (same contact)` })),
          { value: 'new', label: t`New client of this contact` },
          { value: 'other', label: t`Another client` },
          { value: 'none', label: t`No client yet` },
        ]}
        onChange={(choice) => set({ choice })}
      />
      {value.choice === 'new' && (
        <>
          <TextField
            label={t`Name of the client`}
            hint={t`Everybody who sees the client sees it. Telephone and e-mail come from the lead, sealed.`}
            required
            maxLength={200}
            value={value.name}
            onChange={(name) => set({ name })}
          />
          <SelectField
            label={t`The client is`}
            value={value.kind}
            options={[
              { value: 'company', label: t`Company` },
              { value: 'person', label: t`Person` },
            ]}
            onChange={(kind) => onChange(ofKind(value, kind, lead))}
          />
        </>
      )}
      {value.choice === 'other' && (
        <ClientPicker
          label={t`Found by name`}
          value={value.other}
          onChange={(other) => set({ other })}
        />
      )}
    </>
  );
}
