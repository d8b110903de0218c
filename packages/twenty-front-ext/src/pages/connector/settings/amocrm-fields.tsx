import { useLingui } from '@lingui/react/macro';
import { Section } from '../../../ui/section/section.tsx';
import { ChoiceField } from './choice-field.tsx';
import { ConnectionCheck } from './connection-check.tsx';
import type { PartProps } from './part.ts';
import { PeopleMatch } from './people-match.tsx';
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
      <PeopleMatch {...props} addresses={addresses} />
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
