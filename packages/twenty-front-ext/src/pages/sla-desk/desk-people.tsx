import { useLingui } from '@lingui/react/macro';
import type { SlaDeskQuery } from '../../generated/graphql.ts';
import { BarLegend, BarList } from '../../ui/bar-list/bar-list.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './sla-desk.module.css';

interface DeskPeopleProps {
  readonly people: SlaDeskQuery['slaDeskPeople'];
  readonly chosen: string | null;
  readonly onChoose: (person: string | null) => void;
}

/** How much waits for whom; pressing a name narrows the desk to that person. */
export function DeskPeople({ people, chosen, onChoose }: DeskPeopleProps) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Card title={t`By person`}>
      <BarLegend
        entries={[
          { tone: 'late', label: t`Breached` },
          { tone: 'soon', label: t`Due in 24 hours` },
          { tone: 'calm', label: t`Later` },
        ]}
      />
      <BarList
        label={t`By person`}
        rows={people.map(({ personId, personName, breached, dueWithinDay, dueLater }) => {
          const late = format.number(breached);
          const soon = format.number(dueWithinDay);
          const later = format.number(dueLater);
          return {
            key: personId ?? '',
            label:
              personId === null ? (
                t`Nobody`
              ) : (
                <button
                  type="button"
                  className={styles.person}
                  aria-pressed={personId === chosen}
                  onClick={() => onChoose(personId === chosen ? null : personId)}
                >
                  {personName ?? personId}
                </button>
              ),
            text: t`${late} breached, ${soon} due in 24 hours, ${later} later`,
            parts: [
              { tone: 'late', value: breached },
              { tone: 'soon', value: dueWithinDay },
              { tone: 'calm', value: dueLater },
            ],
          };
        })}
      />
    </Card>
  );
}
