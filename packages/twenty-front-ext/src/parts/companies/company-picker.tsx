import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { FindCompaniesDocument } from '../../generated/graphql.ts';
import { ComboboxField } from '../../ui/combobox/combobox-field.tsx';
import type { FieldProps } from '../../ui/form/field.tsx';
import type { Option } from '../../ui/form/select-field.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

interface CompanyPickerProps extends FieldProps {
  readonly value: Option | null;
  readonly onChange: (company: Option | null) => void;
  readonly placeholder?: string;
  readonly focused?: boolean;
  readonly onLeave?: () => void;
  readonly required?: boolean;
}

/** One partner or franchisee, found by name. */
export function CompanyPicker({ value, onChange, ...rest }: CompanyPickerProps) {
  const textOf = useProblemText();
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const { data, previousData, loading, error } = useQuery(FindCompaniesDocument, {
    variables: searched === '' ? {} : { text: searched },
  });
  const found = (data ?? previousData)?.companies.items;
  const options = useMemo(
    () =>
      (found ?? []).map(({ accountId, companyName }) => ({ value: accountId, label: companyName })),
    [found],
  );
  return (
    <ComboboxField
      {...rest}
      {...(error === undefined ? {} : { error: textOf(problemOf(error)) })}
      value={value}
      options={options}
      loading={loading && data === undefined}
      onSearch={setText}
      onChange={onChange}
    />
  );
}
