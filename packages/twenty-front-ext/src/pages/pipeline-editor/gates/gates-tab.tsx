import { Trans, useLingui } from '@lingui/react/macro';
import { MAX_FACTS, renameGate } from 'twenty-mak-domain';
import type { GateDefinition, PipelineDefinition } from 'twenty-mak-domain';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { parseCel } from '../check/read-draft.ts';
import { useEditor } from '../draft/editor-context.ts';
import { compact, freeKey, replaced } from '../draft/lists.ts';
import { ItemList } from '../items/item-list.tsx';
import { KeyField } from '../items/key-field.tsx';
import { FieldGrid, Section } from '../items/section.tsx';

/** Facts about a deal that are true or false. */
export function GatesTab() {
  const { t } = useLingui();
  const { definition, check, change } = useEditor();
  const { gates } = definition;
  const set = (next: readonly GateDefinition[], step?: string): void =>
    change({ ...definition, gates: next }, step);
  const add = (): void => {
    const taken = gates.map(({ key }) => key);
    set([...gates, { key: freeKey('gate', taken), title: t`New gate` }]);
  };
  const comparisons = check.compiled?.comparisons.length ?? null;
  return (
    <Section
      title={t`Gates`}
      text={
        <>
          <Trans>
            A gate is a fact: it is true or false. The order says which gates are missed when a
            later one is true.
          </Trans>{' '}
          {comparisons !== null && (
            <Trans>
              {gates.length} gates and {comparisons} compared domain stages of at most {MAX_FACTS}.
            </Trans>
          )}
        </>
      }
    >
      <ItemList
        label={t`Gates`}
        field="gates"
        items={gates}
        nameOf={({ title }) => title}
        summary={({ code, key }) => (
          <>
            {code !== undefined && <span>{code} ·</span>}
            <code>{key}</code>
            <GateUse gate={key} definition={definition} />
          </>
        )}
        panel={(gate, index) => (
          <GatePanel
            gate={gate}
            onChange={(next, step) => set(replaced(gates, index, next), `gates.${index}.${step}`)}
          />
        )}
        onChange={(next) => set(next)}
        addLabel={t`Add gate`}
        onAdd={add}
        empty={t`There are no gates. A pipeline needs at least one.`}
      />
    </Section>
  );
}

function GateUse({
  gate,
  definition: { events },
}: {
  readonly gate: string;
  readonly definition: PipelineDefinition;
}) {
  const { t } = useLingui();
  const setters = events.filter(({ sets = [] }) => sets.includes(gate));
  const types = setters.map(({ type }) => type).join(', ');
  return types === '' ? <span>{t`no event sets it`}</span> : <span>{t`set by ${types}`}</span>;
}

type Announced = NonNullable<GateDefinition['announces']> | 'nothing';

function GatePanel({
  gate,
  onChange,
}: {
  readonly gate: GateDefinition;
  readonly onChange: (gate: GateDefinition, step: string) => void;
}) {
  const { t } = useLingui();
  const { definition, readOnly, change } = useEditor();
  const { announces: _announces, ...silent } = gate;
  const rename = (key: string) => {
    const edited = renameGate(definition, gate.key, key, parseCel);
    if (edited.ok) change(edited.value);
    return edited.ok ? null : edited.refusal;
  };
  return (
    <FieldGrid>
      <TextField
        label={t`Name`}
        value={gate.title}
        disabled={readOnly}
        onChange={(title) => onChange({ ...gate, title }, 'title')}
      />
      <KeyField value={gate.key} onRename={rename} />
      <TextField
        label={t`Short mark`}
        hint={t`On the cards of the board, e.g. G4.`}
        value={gate.code ?? ''}
        disabled={readOnly}
        onChange={(code) => onChange(compact({ ...gate, code }, ['key', 'title']), 'code')}
      />
      <SelectField<Announced>
        label={t`Tells other systems`}
        value={gate.announces ?? 'nothing'}
        disabled={readOnly}
        options={[
          { value: 'nothing', label: t`Nothing` },
          { value: 'offer.approved', label: t`The offer is approved` },
          { value: 'billing.ready', label: t`Billing can begin` },
        ]}
        onChange={(announces) =>
          onChange(announces === 'nothing' ? silent : { ...gate, announces }, 'announces')
        }
      />
    </FieldGrid>
  );
}
