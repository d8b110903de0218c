import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { factsFrom, possibleMoves, whatIf } from 'twenty-mak-domain';
import type { CompiledPipeline, Supposition } from 'twenty-mak-domain';
import { LightButton } from 'twenty-ui/input';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import { NextMoves } from './next-moves.tsx';
import styles from './what-if.module.css';

/** Supposed facts, and what the rules make of them. Nothing is saved. */
export function WhatIfTab() {
  const { t } = useLingui();
  const { check } = useEditor();
  const [supposed, setSupposed] = useState<Supposition>({});
  if (check.compiled === null)
    return (
      <EmptyState
        title={t`The rules cannot be tried yet`}
        text={t`Correct what the check lists first.`}
      />
    );
  return (
    <div className={styles.panel}>
      <Facts compiled={check.compiled} supposed={supposed} onChange={setSupposed} />
      <Outcome compiled={check.compiled} supposed={supposed} />
    </div>
  );
}

interface FactsProps {
  readonly compiled: CompiledPipeline;
  readonly supposed: Supposition;
  readonly onChange: (supposed: Supposition) => void;
}

function Facts({ compiled, supposed, onChange }: FactsProps) {
  const { t } = useLingui();
  const { definition, comparisons } = compiled;
  const { gates = {}, domains = {} } = supposed;
  const systems = [...new Set(comparisons.map(({ system }) => system))];
  const held = definition.gates.map(({ key }) => key).filter((key) => gates[key] === true);
  return (
    <Section
      title={t`Suppose`}
      action={<LightButton title={t`Begin anew`} onClick={() => onChange({})} />}
    >
      <CheckboxGroup
        label={t`These gates are true`}
        values={held}
        options={definition.gates.map(({ key, code, title }) => ({
          value: key,
          label: code === undefined ? title : `${code} ${title}`,
        }))}
        onChange={(keys) =>
          onChange({ ...supposed, gates: Object.fromEntries(keys.map((key) => [key, true])) })
        }
      />
      {systems.map((system) => (
        <SelectField
          key={system}
          label={t`Stage in ${system}`}
          value={domains[system] ?? ''}
          options={[
            { value: '', label: t`Another or none` },
            ...comparisons
              .filter((one) => one.system === system)
              .map(({ stage }) => ({ value: stage, label: stage })),
          ]}
          onChange={(stage) =>
            onChange({
              ...supposed,
              domains: { ...domains, [system]: stage === '' ? null : stage },
            })
          }
        />
      ))}
    </Section>
  );
}

function Outcome({
  compiled,
  supposed,
}: {
  readonly compiled: CompiledPipeline;
  readonly supposed: Supposition;
}) {
  const { t } = useLingui();
  const outcome = useMemo(() => {
    const known = knownOnly(compiled, supposed);
    const answer = whatIf(compiled, known);
    const facts = factsFrom(compiled, known);
    if (!answer.ok || !facts.ok) return null;
    return { ...answer.value, moves: possibleMoves(compiled, facts.value, answer.value.stage) };
  }, [compiled, supposed]);
  if (outcome === null) return null;
  const { definition } = compiled;
  const rule = outcome.rule === null ? null : definition.rules[outcome.rule];
  const place = (outcome.rule ?? 0) + 1;
  const missing = definition.gates.filter(({ key }) => outcome.missingGates.includes(key));
  return (
    <Section title={t`Then the deal is in`}>
      <div className={styles.outcome} role="status">
        <div className={styles.stage}>
          <StageTag pipeline={definition} stage={outcome.stage} />
          {outcome.businessStage !== null && <span>{outcome.businessStage.title}</span>}
        </div>
        <p>
          {rule == null ? (
            <Trans>No rule holds, so it is the first stage.</Trans>
          ) : (
            <Trans>Rule {place} decides:</Trans>
          )}
          {rule != null && <code className={styles.rule}>{rule.when}</code>}
        </p>
        {missing.length > 0 && (
          <p>
            <Trans>
              Missing although a later gate is true:{' '}
              {missing.map(({ code, title }) => code ?? title).join(', ')}.
            </Trans>
          </p>
        )}
      </div>
      <NextMoves moves={outcome.moves} definition={definition} />
    </Section>
  );
}

/** Without facts that an edit of the rules has taken away meanwhile. */
function knownOnly(
  { gateBits, comparisons }: CompiledPipeline,
  { gates = {}, domains = {} }: Supposition,
): Supposition {
  return {
    gates: Object.fromEntries(Object.entries(gates).filter(([gate]) => gateBits.has(gate))),
    domains: Object.fromEntries(
      Object.entries(domains).filter(([system, stage]) =>
        comparisons.some((one) => one.system === system && one.stage === stage),
      ),
    ),
  };
}
