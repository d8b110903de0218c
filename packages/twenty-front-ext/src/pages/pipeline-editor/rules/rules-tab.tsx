import { Trans, useLingui } from '@lingui/react/macro';
import type { RuleDefinition } from 'twenty-mak-domain';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { CelField } from '../cel/cel-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { replaced } from '../draft/lists.ts';
import { ItemList } from '../items/item-list.tsx';
import { Section } from '../items/section.tsx';

/** Which stage follows from the facts. */
export function RulesTab() {
  const { t } = useLingui();
  const { definition, readOnly, change } = useEditor();
  const { rules, stages } = definition;
  const options = stages.map(({ key, title }) => ({ value: key, label: title }));
  const byKey = new Map(stages.map((stage) => [stage.key, stage]));
  const first = stages[0]?.title ?? '';
  const set = (next: readonly RuleDefinition[], step?: string): void =>
    change({ ...definition, rules: next }, step);
  return (
    <Section
      title={t`Rules`}
      text={
        <Trans>
          The first rule that holds gives the stage. When none holds, the deal is in “{first}”.
          Conditions ask for gates (gates.…) and for stages in other systems (domains.… == "…").
        </Trans>
      }
    >
      <ItemList
        label={t`Rules`}
        field="rules"
        items={rules}
        nameOf={({ stage }) => byKey.get(stage)?.title ?? stage}
        summary={({ when }) => <code>{when}</code>}
        panel={(rule, index) => (
          <>
            <SelectField
              label={t`Stage`}
              value={rule.stage}
              disabled={readOnly}
              options={
                byKey.has(rule.stage)
                  ? options
                  : [{ value: rule.stage, label: rule.stage }, ...options]
              }
              onChange={(stage) => set(replaced(rules, index, { ...rule, stage }))}
            />
            <CelField
              label={t`When`}
              value={rule.when}
              field={`rules.${index}.when`}
              onChange={(when) =>
                set(replaced(rules, index, { ...rule, when }), `rules.${index}.when`)
              }
            />
          </>
        )}
        onChange={(next) => set(next)}
        addLabel={t`Add rule`}
        onAdd={() => set([...rules, { stage: stages.at(-1)?.key ?? '', when: '' }])}
        empty={t`Without rules every deal stays in the first stage.`}
      />
    </Section>
  );
}
