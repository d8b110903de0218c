import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { FindClientsDocument } from '../../generated/graphql.ts';
import { ComboboxField } from '../../ui/combobox/combobox-field.tsx';
import type { FieldProps } from '../../ui/form/field.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

export interface ClientChoice {
  readonly id: string;
  readonly name: string;
}

interface ClientPickerProps extends FieldProps {
  readonly value: ClientChoice | null;
  readonly onChange: (client: ClientChoice | null) => void;
  readonly placeholder?: string;
  readonly focused?: boolean;
  readonly onLeave?: () => void;
}

/** One client of the tenant, found by name. */
export function ClientPicker({ value, onChange, ...rest }: ClientPickerProps) {
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const textOf = useProblemText();
  const { data, previousData, loading, error } = useQuery(FindClientsDocument, {
    variables: searched === '' ? {} : { text: searched },
  });
  const found = (data ?? previousData)?.clients.nodes;
  const options = useMemo(
    () => (found ?? []).map(({ id, name }) => ({ value: id, label: name })),
    [found],
  );
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
