import { useLingui } from '@lingui/react/macro';
import type { Option } from '../../../ui/form/select-field.tsx';
import { MatchTable } from './match-table.tsx';
import type { PartProps } from './part.ts';
import { PeopleFields } from './people-fields.tsx';

interface PeopleMatchProps extends PartProps {
  /** Accounts by their e-mail addresses; null while they are not known. */
  readonly addresses: readonly Option[] | null;
}

/** Who of the other system is who here: its people one a line, or by both addresses until both sides have named theirs. */
export function PeopleMatch({ addresses, ...props }: PeopleMatchProps) {
  const { t } = useLingui();
  const { connector, values, options, onChange } = props;
  const users = options.of('people');
  if (users === null || addresses === null) return <PeopleFields {...props} />;
  return (
    <MatchTable
      label={t`People`}
      title={connector.title}
      rows={users}
      detail={(address) => address}
      choices={addresses}
      none={(address) =>
        addresses.some(({ value }) => value === address) ? t`the same address` : t`nobody here`
      }
      pairs={values.people}
      onChange={(people) => onChange({ people })}
    />
  );
}
