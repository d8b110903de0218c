import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { ClientFacetsDocument } from '../../generated/graphql.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { PersonPicker } from '../people/person-picker.tsx';
import type { ClientDraft } from './client-draft.ts';
import { useClientTexts } from './use-client-texts.ts';
import styles from './client-edits.module.css';

interface ClientFieldsProps {
  readonly value: ClientDraft;
  readonly onChange: (value: ClientDraft) => void;
  /** Whether the person gives clients to somebody. */
  readonly assignable: boolean;
}

/** The fields of a client; words that others have used are suggested. */
export function ClientFields({ value, onChange, assignable }: ClientFieldsProps) {
  const { t } = useLingui();
  const { fields, kinds } = useClientTexts();
  const { data } = useQuery(ClientFacetsDocument);
  const facets = data?.clientFacets;
  const set = (change: Partial<ClientDraft>): void => onChange({ ...value, ...change });
  return (
    <>
      <TextField
        label={fields.name}
        required
        maxLength={500}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <div className={styles.grid}>
        <SelectField
          label={fields.kind}
          value={value.kind}
          options={[
            { value: 'company', label: kinds.company },
            { value: 'person', label: kinds.person },
          ]}
          onChange={(kind) => set({ kind })}
        />
        {assignable && (
          <PersonPicker
            label={fields.owner}
            placeholder={t`Nobody`}
            value={value.owner}
            onChange={(owner) => set({ owner })}
          />
        )}
        <Word
          label={fields.industry}
          words={facets?.industries}
          value={value.industry}
          onChange={(industry) => set({ industry })}
        />
        <Word
          label={fields.size}
          words={facets?.sizes}
          value={value.size}
          onChange={(size) => set({ size })}
        />
        <Word
          label={fields.budgetBand}
          words={facets?.budgetBands}
          value={value.budgetBand}
          onChange={(budgetBand) => set({ budgetBand })}
        />
        <Word
          label={fields.clientType}
          words={facets?.clientTypes}
          value={value.clientType}
          onChange={(clientType) => set({ clientType })}
        />
        <Word
          label={fields.source}
          words={facets?.sources}
          value={value.source}
          onChange={(source) => set({ source })}
        />
      </div>
      <TokensField
        label={fields.segments}
        values={value.segments}
        suggestions={facets?.segments ?? []}
        placeholder={t`Add a segment`}
        onChange={(segments) => set({ segments })}
      />
      <CheckboxField
        label={fields.keyAccount}
        checked={value.keyAccount}
        onChange={(keyAccount) => set({ keyAccount })}
      />
    </>
  );
}

/** Longest word that the server takes. */
const LONGEST = 100;

function Word({
  label,
  words = [],
  value,
  onChange,
}: {
  readonly label: string;
  readonly words: readonly string[] | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const list = useId();
  return (
    <div>
      <TextField label={label} list={list} maxLength={LONGEST} value={value} onChange={onChange} />
      <Suggestions id={list} values={words} />
    </div>
  );
}
