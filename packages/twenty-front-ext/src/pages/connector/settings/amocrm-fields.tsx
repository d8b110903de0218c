import { useLingui } from '@lingui/react/macro';
import { Section } from '../../../ui/section/section.tsx';
import { ChoiceField } from './choice-field.tsx';
import { ConnectionCheck } from './connection-check.tsx';
import { MatchTable } from './match-table.tsx';
import type { PartProps } from './part.ts';
import { PeopleFields } from './people-fields.tsx';
import { useAddresses } from './use-addresses.ts';

/** Who is who, and who stands for nobody on either side. */
export function AmocrmFields(props: PartProps) {
  const { t } = useLingui();
  const { connector, values, options, errorAt, onChange } = props;
  const { title } = connector;
  const addresses = useAddresses();
  const users = options.of('people');
  const withAddress = users?.map(({ value, label }) => ({
    value,
    label: label === value ? value : `${label}, ${value}`,
  }));
  return (
    <Section
      title={t`People`}
      text={t`Owners are found by e-mail address. Choose an account for who has another address there.`}
    >
      {users !== null && addresses !== null ? (
        <MatchTable
          label={t`People`}
          title={title}
          rows={users}
          detail={(address) => address}
          choices={addresses}
          none={(address) =>
            addresses.some(({ value }) => value === address) ? t`the same address` : t`nobody here`
          }
          pairs={values.people}
          onChange={(people) => onChange({ people })}
        />
      ) : (
        <PeopleFields {...props} />
      )}
      <ConnectionCheck title={title} options={options} onCheck={() => options.ask()} />
      <ChoiceField
        label={t`Responsible there for deals without an owner`}
        hint={t`Best a user of amoCRM for nothing else.`}
        none={t`whose access it is`}
        type="email"
        options={withAddress ?? null}
        error={errorAt('settings.nobody')}
        value={values.nobody.toLowerCase()}
        onChange={(nobody) => onChange({ nobody })}
      />
      <ChoiceField
        label={t`Owner here of leads whose responsible person has no account`}
        hint={t`Without one, such leads wait among the dead letters.`}
        none={t`none`}
        type="email"
        options={addresses}
        error={errorAt('settings.default_owner')}
        value={values.defaultOwner.toLowerCase()}
        onChange={(defaultOwner) => onChange({ defaultOwner })}
      />
    </Section>
  );
}
