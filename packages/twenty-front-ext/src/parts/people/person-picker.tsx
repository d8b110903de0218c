import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo, useState } from 'react';
import { FindPeopleDocument } from '../../generated/graphql.ts';
import { ComboboxField } from '../../ui/combobox/combobox-field.tsx';
import type { FieldProps } from '../../ui/form/field.tsx';
import { problemOf } from '../../app/data/problem.ts';
import { useProblemText } from '../../ui/states/problem-text.ts';

export interface PersonChoice {
  readonly id: string;
  readonly name: string;
}

interface PersonPickerProps extends FieldProps {
  readonly value: PersonChoice | null;
  readonly onChange: (person: PersonChoice | null) => void;
  /** What may be chosen besides people; offered first. */
  readonly besides?: PersonChoice;
  readonly placeholder?: string;
  readonly focused?: boolean;
  readonly onLeave?: () => void;
  readonly required?: boolean;
}

/** One person of the tenant, found by name. */
export function PersonPicker({ value, onChange, besides, ...rest }: PersonPickerProps) {
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const textOf = useProblemText();
  const { data, previousData, loading, error } = useQuery(FindPeopleDocument, {
    variables: searched === '' ? {} : { text: searched },
  });
  const found = (data ?? previousData)?.accounts.items;
  const options = useMemo(() => {
    const fits = besides?.name.toLocaleLowerCase().includes(searched.toLocaleLowerCase());
    const first = besides === undefined || fits !== true ? [] : [besides];
    return [...first, ...(found ?? [])].map(({ id, name }) => ({ value: id, label: name }));
  }, [besides, found, searched]);
  const chosen = useMemo(
    () => (value === null ? null : { value: value.id, label: value.name }),
    [value],
  );
  return (
    <ComboboxField
      {...rest}
      {...(error === undefined ? {} : { error: textOf(problemOf(error)) })}
      value={chosen}
      options={options}
      loading={loading && data === undefined}
      onSearch={setText}
      onChange={(option) =>
        onChange(option === null ? null : { id: option.value, name: option.label })
      }
    />
  );
}
