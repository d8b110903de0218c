import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { EventMapping } from 'twenty-mak-domain';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { CheckboxGroup } from '../../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { Suggestions } from '../../../ui/form/suggestions.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { TokensField } from '../../../ui/form/tokens-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { compact } from '../draft/lists.ts';
import { FieldGrid } from '../items/section.tsx';
import { SUGGESTED } from '../items/suggested.tsx';
import { EventConditions } from './event-conditions.tsx';

interface EventPanelProps {
  readonly event: EventMapping;
  readonly onChange: (event: EventMapping, step?: string) => void;
}

export function EventPanel({ event, onChange }: EventPanelProps) {
  const { t } = useLingui();
  const { definition, readOnly } = useEditor();
  const { gates, endings = [] } = definition;
  const set = (
    part: { readonly [Name in keyof EventMapping]?: EventMapping[Name] | undefined },
    step?: string,
  ): void => {
    onChange(withPart(event, part), step);
  };
  const gateOptions = gates.map(({ key, title }) => ({ value: key, label: title }));
  return (
    <>
      <FieldGrid>
        <TextField
          label={t`Type`}
          list={SUGGESTED.types}
          value={event.type}
          disabled={readOnly}
          onChange={(type) => set({ type }, 'type')}
        />
        <TokensField
          label={t`Other spellings`}
          values={event.aliases ?? []}
          disabled={readOnly}
          onChange={(aliases) => set({ aliases })}
        />
      </FieldGrid>
      <EventConditions
        where={event.where ?? {}}
        onChange={(where, step) =>
          set({ where: Object.keys(where).length > 0 ? where : undefined }, step)
        }
      />
      <FieldGrid>
        <CheckboxGroup
          label={t`Makes true`}
          values={event.sets ?? []}
          options={gateOptions}
          disabled={readOnly}
          onChange={(sets) => set({ sets })}
        />
        <CheckboxGroup
          label={t`Makes no longer true`}
          values={event.clears ?? []}
          options={gateOptions}
          disabled={readOnly}
          onChange={(clears) => set({ clears })}
        />
      </FieldGrid>
      <EventDomain event={event} onChange={set} />
      <FieldGrid>
        <SelectField
          label={t`Ends the deal`}
          value={event.ends ?? ''}
          disabled={readOnly}
          options={[
            { value: '', label: t`No` },
            ...endings.map(({ key, title }) => ({ value: key, label: title })),
          ]}
          onChange={(ends) => set({ ends })}
        />
        <CheckboxField
          label={t`Makes the deal`}
          hint={t`A deal that is not known yet begins with this event.`}
          checked={event.creates === true}
          disabled={readOnly}
          onChange={(creates) => set({ creates })}
        />
        <CheckboxField
          label={t`Opens an ended deal again`}
          checked={event.reopens === true}
          disabled={readOnly}
          onChange={(reopens) => set({ reopens })}
        />
      </FieldGrid>
    </>
  );
}

function EventDomain({
  event,
  onChange,
}: {
  readonly event: EventMapping;
  readonly onChange: (
    part: { readonly domain: EventMapping['domain'] | undefined },
    step?: string,
  ) => void;
}) {
  const { t } = useLingui();
  const { definition, readOnly } = useEditor();
  const stagesId = useId();
  const { system = '', stage = '' } = event.domain ?? {};
  const { domains = {} } = definition;
  const known = Object.hasOwn(domains, system) ? (domains[system] ?? []) : [];
  const set = (part: { readonly system?: string; readonly stage?: string }): void => {
    const next = { system, stage, ...part };
    const domain = next.system === '' && next.stage === '' ? undefined : next;
    onChange({ domain }, 'domain');
  };
  return (
    <FieldGrid>
      <TextField
        label={t`System whose stage it sets`}
        list={SUGGESTED.systems}
        value={system}
        disabled={readOnly}
        onChange={(next) => set({ system: next })}
      />
      <TextField
        label={t`Stage in that system`}
        list={stagesId}
        value={stage}
        disabled={readOnly}
        onChange={(next) => set({ stage: next })}
      />
      <Suggestions id={stagesId} values={known} />
    </FieldGrid>
  );
}

type Part = { readonly [Name in keyof EventMapping]?: EventMapping[Name] | undefined };

function withPart(event: EventMapping, part: Part): EventMapping {
  const { type = event.type, ...rest } = { ...event, ...part };
  return compact<{ type: string } & Part>({ type, ...rest }, ['type']) as EventMapping;
}
