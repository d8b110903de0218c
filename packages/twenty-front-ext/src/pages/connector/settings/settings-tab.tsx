import { Trans, useLingui } from '@lingui/react/macro';
import { useTenant } from '../../../app/shell/tenant.tsx';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { VersionedForm } from '../../../parts/versioned-form/versioned-form.tsx';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { Section } from '../../../ui/section/section.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { useConnectorSave } from '../use-connector-save.ts';
import { AmocrmSettings } from './amocrm-settings.tsx';
import { ChoiceFields } from './choice-fields.tsx';
import { OPPORTUNITY } from './opportunities.ts';
import { OpportunityFields } from './opportunity-fields.tsx';
import { PaceFields } from './pace-fields.tsx';
import { PeopleFields } from './people-fields.tsx';
import { inputOf, valuesOf } from './settings-values.ts';
import type { SettingsValues } from './settings-values.ts';
import { useSettingsTexts } from './use-settings-texts.ts';
import { WorkspaceFields } from './workspace-fields.tsx';

/** Where the other system is, what is kept equal, and how fast; it is saved together. */
export function SettingsTab({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  if (connector.key === 'amocrm') return <AmocrmSettings connector={connector} />;
  if (connector.key !== 'twenty')
    return (
      <EmptyState title={t`Set by the API`} text={t`This connector has no form of its own yet.`} />
    );
  return <SettingsForm connector={connector} />;
}

function SettingsForm({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const compared = useSettingsTexts();
  const { timeZone } = useTenant();
  const form = useConnectorSave<SettingsValues>({
    connector,
    valuesOf: (one) => valuesOf(one, timeZone),
    inputOf: (one, edited) => inputOf(one, edited, timeZone),
  });
  const { values, setValues } = form;
  const change = (part: Partial<SettingsValues>): void => setValues({ ...values, ...part });
  const isNew = connector.state === 'off';
  const isKept = (kind: string): boolean =>
    kind === OPPORTUNITY ? values.opportunities.pipeline !== '' : values.entities.includes(kind);
  return (
    <VersionedForm
      form={form}
      {...compared}
      action={isNew ? t`Connect` : t`Save`}
      obstacle={values.entities.length === 0 ? t`Choose at least one kind of records.` : null}
    >
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
        <WorkspaceFields values={values} hasKey={connector.hasSecrets} onChange={change} />
      </Section>
      <Section title={t`What is kept equal`}>
        <CheckboxGroup
          label={t`Kinds of records`}
          values={values.entities}
          options={connector.entities
            .filter(({ name }) => name !== OPPORTUNITY)
            .map(({ name }) => ({ value: name, label: texts.kind(name) }))}
          onChange={(entities) => change({ entities })}
        />
        <CheckboxField
          label={t`Dry run`}
          hint={t`Nothing is written to either side; the history tells what would be.`}
          checked={values.dryRun}
          onChange={(dryRun) => change({ dryRun })}
        />
      </Section>
      <Section
        title={t`Deals from opportunities`}
        text={t`Opportunities that are there already become deals too, as soon as you save; name a day to leave older ones alone.`}
      >
        <OpportunityFields
          values={values.opportunities}
          saved={valuesOf(connector, timeZone).opportunities}
          onChange={(opportunities) => change({ opportunities })}
        />
      </Section>
      <Section
        title={t`Chosen records`}
        text={t`Of records that are not chosen, nothing goes out and nothing comes in.`}
      >
        <ChoiceFields
          kinds={connector.entities.filter(({ name }) => isKept(name))}
          choices={values.chosen}
          onChange={(chosen) => change({ chosen })}
        />
      </Section>
      <Section
        title={t`Pace`}
        text={t`Never more calls than this. What twenty allows in a minute holds besides.`}
      >
        <PaceFields values={values} highest={connector.highestBudget} onChange={change} />
      </Section>
      <Section
        title={t`People with two addresses`}
        text={t`Owners are found by e-mail address. Name those whose addresses differ.`}
      >
        <PeopleFields people={values.people} onChange={(people) => change({ people })} />
      </Section>
    </VersionedForm>
  );
}
