import { useLingui } from '@lingui/react/macro';
import { usePersonName } from '../people/person-name.tsx';
import { PersonPicker } from '../people/person-picker.tsx';
import { NOBODY } from './deal-filters.ts';

interface OwnerChoiceProps {
  readonly value: string | null;
  readonly onChange: (owner: string | null) => void;
}

/** Whose deals: of anybody, of one person, or of nobody. */
export function OwnerChoice({ value, onChange }: OwnerChoiceProps) {
  const { t } = useLingui();
  const name = useOwnerName(value);
  return (
    <PersonPicker
      label={t`Owner`}
      placeholder={t`Anybody`}
      besides={{ id: NOBODY, name: t`Nobody` }}
      value={value === null ? null : { id: value, name: name ?? value }}
      onChange={(person) => onChange(person?.id ?? null)}
    />
  );
}

/** What the owner of a filter is called; null when the filter names none. */
export function useOwnerName(owner: string | null): string | null {
  const { t } = useLingui();
  const name = usePersonName(owner === NOBODY ? null : owner);
  return owner === NOBODY ? t`Nobody` : name;
}
