import { Trans, useLingui } from '@lingui/react/macro';
import type { EventMapping } from 'twenty-mak-domain';
import { TokensField } from '../../../ui/form/tokens-field.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { replaced } from '../draft/lists.ts';
import { ItemList } from '../items/item-list.tsx';
import { Section } from '../items/section.tsx';
import { DomainStages } from './domain-stages.tsx';
import { EventPanel } from './event-panel.tsx';
import { useEventSummary } from './event-summary.ts';

/** What happens in other systems, and which facts it makes. */
export function EventsTab() {
  const { t } = useLingui();
  const { definition, readOnly, change } = useEditor();
  const summaryOf = useEventSummary(definition);
  const { events, knownTypes = [] } = definition;
  const set = (next: readonly EventMapping[], step?: string): void =>
    change({ ...definition, events: next }, step);
  return (
    <>
      <Section
        title={t`Events`}
        text={
          <Trans>
            What an event of another system does to a deal. All its effects apply at once. When
            several lines fit an event, the first one counts.
          </Trans>
        }
      >
        <ItemList
          label={t`Events`}
          field="events"
          items={events}
          nameOf={({ type }) => (type === '' ? t`New event` : type)}
          summary={(event) => summaryOf(event)}
          panel={(event, index) => (
            <EventPanel
              event={event}
              onChange={(next, step) =>
                set(
                  replaced(events, index, next),
                  step === undefined ? undefined : `events.${index}.${step}`,
                )
              }
            />
          )}
          onChange={(next) => set(next)}
          addLabel={t`Add event`}
          onAdd={() => set([...events, { type: '' }])}
          empty={t`No event changes a deal yet.`}
        />
      </Section>
      <Section
        title={t`Other known types`}
        text={
          <Trans>
            Types that other systems send and that are expected here, although they are not among
            the product's own.
          </Trans>
        }
      >
        <TokensField
          label={t`Known types`}
          labelHidden
          values={knownTypes}
          disabled={readOnly}
          onChange={(next) => change({ ...definition, knownTypes: next })}
        />
      </Section>
      <DomainStages />
    </>
  );
}
