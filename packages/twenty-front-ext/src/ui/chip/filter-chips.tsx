import { useLingui } from '@lingui/react/macro';
import { RemovableChip } from './removable-chip.tsx';

/** A filter of a list, as a chip. */
export interface FilterChip<Filters> {
  readonly name: string;
  /** Null: the filter does not hold. */
  readonly text: string | null;
  /** What takes it away. */
  readonly without: Partial<Filters>;
}

interface FilterChipsProps<Filters> {
  readonly chips: readonly FilterChip<Filters>[];
  readonly value: Filters;
  readonly onChange: (value: Filters) => void;
}

/** The filters that hold, each with a cross. */
export function FilterChips<Filters extends object>({
  chips,
  value,
  onChange,
}: FilterChipsProps<Filters>) {
  const { t } = useLingui();
  return chips.map(({ name, text, without }) =>
    text === null ? null : (
      <RemovableChip
        key={name}
        removeLabel={t`Remove filter ${name}`}
        onRemove={() => onChange({ ...value, ...without })}
      >
        {name}: {text}
      </RemovableChip>
    ),
  );
}
