import { useLingui } from '@lingui/react/macro';
import { PairFields } from './pair-fields.tsx';
import type { PartProps } from './part.ts';

/** People by both of their addresses, as they are typed. */
export function PeopleFields({ connector: { title }, values, errorAt, onChange }: PartProps) {
  const { t } = useLingui();
  return (
    <PairFields
      pairs={values.people}
      mak={{
        label: (line) => t`Address in MaK, line ${line}`,
        placeholder: t`in MaK`,
        type: 'email',
      }}
      there={{
        label: (line) => t`Address in ${title}, line ${line}`,
        placeholder: t`in ${title}`,
        type: 'email',
      }}
      add={t`Add a person`}
      errorAt={(index) => errorAt(`settings.people.${index}`)}
      onChange={(people) => onChange({ people })}
    />
  );
}
