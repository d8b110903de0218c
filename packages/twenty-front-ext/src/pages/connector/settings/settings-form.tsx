import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useTenant } from '../../../app/shell/tenant.tsx';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { VersionedForm } from '../../../parts/versioned-form/versioned-form.tsx';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { Section } from '../../../ui/section/section.tsx';
import { useProblemText } from '../../../ui/states/problem-text.ts';
import { useRecordTexts } from '../records/record-texts.ts';
import { useConnectorSave } from '../use-connector-save.ts';
import { AccessFields } from './access-fields.tsx';
import { AmocrmFields } from './amocrm-fields.tsx';
import { CardFields } from './card-fields.tsx';
import { ChoiceFields } from './choice-fields.tsx';
import { problemAt } from './field-errors.ts';
import { KeyCrmAddresses } from './keycrm-addresses.tsx';
import { KeyCrmFields } from './keycrm-fields.tsx';
import { KeyCrmPeople } from './keycrm-people.tsx';
import { LeadFields } from './lead-fields.tsx';
import { OpportunityFields } from './opportunity-fields.tsx';
import { isKept, isOptional } from './optional-kinds.ts';
import { has } from './own-settings.ts';
import { PaceFields } from './pace-fields.tsx';
import type { PartProps } from './part.ts';
import { PeopleFields } from './people-fields.tsx';
import { inputOf, valuesOf } from './settings-values.ts';
import type { SettingsValues } from './settings-values.ts';
import { useOptions } from './use-options.ts';
import { useSettingsTexts } from './use-settings-texts.ts';

/** All settings of a connector; they are saved together. */
export function SettingsForm({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const compared = useSettingsTexts(connector.title);
  const textOf = useProblemText();
  const { timeZone } = useTenant();
  const options = useOptions(connector);
  const [secret, setSecret] = useState('');
  const form = useConnectorSave<SettingsValues>({
    connector,
    valuesOf: (one) => valuesOf(one, timeZone),
    inputOf: (one, edited) => inputOf(one, edited, timeZone),
    onSaved: () => {
      setSecret(form.values.webhookSecret);
      // With another key the choices are of another account.
      if (connector.key === 'keycrm' && connector.state !== 'off' && !options.answered)
        void options.ask();
    },
  });
  const { values, setValues } = form;
  const { key } = connector;
  const part: PartProps = {
    connector,
    values,
    options,
    errorAt: (path) => {
      const problem = problemAt(form.problem, path);
      return problem === null ? null : textOf(problem);
    },
    onChange: (changed) => {
      if ('address' in changed || 'apiKey' in changed) options.forget();
      setValues({ ...values, ...changed });
    },
  };
  const obstacle =
    values.entities.length === 0
      ? t`Choose at least one kind of records.`
      : has(key, 'source') && values.source === ''
        ? t`Choose the source that orders of MaK get.`
        : null;
  return (
    <>
      <VersionedForm
        form={form}
        {...compared}
        action={connector.state === 'off' ? t`Connect` : t`Save`}
        obstacle={obstacle}
      >
        {has(key, 'address') && <Access {...part} />}
        {key === 'keycrm' && <KeyCrmFields {...part} />}
        {key === 'keycrm' && <CardFields {...part} />}
        {key === 'keycrm' && values.cards.funnels.length > 0 && <KeyCrmPeople {...part} />}
        {key === 'amocrm' && <AmocrmFields {...part} />}
        {key === 'amocrm' && <LeadFields {...part} />}
        <Kept {...part} />
        <PaceFields {...part} />
        {key === 'twenty' && (
          <Section
            title={t`People with two addresses`}
            text={t`Owners are found by e-mail address. Name those whose addresses differ.`}
          >
            <PeopleFields {...part} />
          </Section>
        )}
      </VersionedForm>
      {key === 'keycrm' && secret !== '' && (
        <KeyCrmAddresses secret={secret} onClose={() => setSecret('')} />
      )}
    </>
  );
}

function Access(part: PartProps) {
  const { t } = useLingui();
  const { key, state } = part.connector;
  const isNew = state === 'off';
  if (key === 'twenty')
    return (
      <Section
        title={t`The workspace`}
        text={
          isNew ? (
            <Trans>
              It needs the app of MaK: run <code>./mak twenty install</code> first. Then everything
              that is there is brought over.
            </Trans>
          ) : undefined
        }
      >
        <AccessFields {...part} />
      </Section>
    );
  return (
    <Section
      title={t`The account`}
      text={
        isNew
          ? t`As soon as it is connected, all orders go over in both directions, and the articles that are sold.`
          : undefined
      }
    >
      <AccessFields {...part} />
    </Section>
  );
}

/** Which records are kept equal. */
function Kept({ connector, values, onChange }: PartProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { timeZone } = useTenant();
  const { key, entities } = connector;
  const kinds = entities.filter(({ name }) => !isOptional(key, name));
  return (
    <>
      <Section title={t`What is kept equal`}>
        <CheckboxGroup
          label={t`Kinds of records`}
          values={values.entities}
          options={kinds.map(({ name }) => ({ value: name, label: texts.kind(name) }))}
          onChange={(chosen) => onChange({ entities: chosen })}
        />
        <CheckboxField
          label={t`Dry run`}
          hint={t`Nothing is written to either side; the history tells what would be.`}
          checked={values.dryRun}
          onChange={(dryRun) => onChange({ dryRun })}
        />
      </Section>
      {key === 'twenty' && (
        <Section
          title={t`Deals from opportunities`}
          text={t`Opportunities that are there already become deals too, as soon as you save; name a day to leave older ones alone.`}
        >
          <OpportunityFields
            values={values.opportunities}
            saved={valuesOf(connector, timeZone).opportunities}
            onChange={(opportunities) => onChange({ opportunities })}
          />
        </Section>
      )}
      <Section
        title={t`Chosen records`}
        text={t`Of records that are not chosen, nothing goes out and nothing comes in.`}
      >
        <ChoiceFields
          kinds={entities.filter(({ name }) => isKept(key, name, values))}
          choices={values.chosen}
          onChange={(chosen) => onChange({ chosen })}
        />
      </Section>
    </>
  );
}
