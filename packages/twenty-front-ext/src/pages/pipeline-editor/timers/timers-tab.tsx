import { Trans, useLingui } from '@lingui/react/macro';
import type { TimerDefinition } from 'twenty-mak-domain';
import { useEditor } from '../draft/editor-context.ts';
import { freeKey, replaced } from '../draft/lists.ts';
import { ItemList } from '../items/item-list.tsx';
import { Section } from '../items/section.tsx';
import { Calendars } from './calendars.tsx';
import { TimerPanel } from './timer-panel.tsx';
import { useTargetText } from './target-text.ts';

/** The clocks that run between facts, and the hours in which they run. */
export function TimersTab() {
  const { t } = useLingui();
  const { definition, change } = useEditor();
  const targetText = useTargetText();
  const { timers = [] } = definition;
  const set = (next: readonly TimerDefinition[], step?: string): void =>
    change({ ...definition, timers: next }, step);
  const add = (): void => {
    const taken = timers.map(({ key }) => key);
    const timer: TimerDefinition = {
      key: freeKey('timer', taken),
      title: t`New timer`,
      start: 'created',
      stop: '',
      target: { amount: 1, unit: 'days' },
    };
    set([...timers, timer]);
  };
  return (
    <>
      <Section
        title={t`SLA timers`}
        text={
          <Trans>
            A clock runs while its start holds and its stop does not. When it takes longer than the
            target, the deal is in breach.
          </Trans>
        }
      >
        <ItemList
          label={t`SLA timers`}
          field="timers"
          items={timers}
          nameOf={({ title, key }) => title ?? key}
          summary={({ target, calendar }) => targetText(target, calendar)}
          panel={(timer, index) => (
            <TimerPanel
              timer={timer}
              index={index}
              onChange={(next, step) =>
                set(
                  replaced(timers, index, next),
                  step === undefined ? undefined : `timers.${index}.${step}`,
                )
              }
            />
          )}
          onChange={(next) => set(next)}
          addLabel={t`Add timer`}
          onAdd={add}
          empty={t`No clock runs in this pipeline.`}
        />
      </Section>
      <Calendars />
    </>
  );
}
