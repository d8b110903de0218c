import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { ConflictsTab } from './conflicts/conflicts-tab.tsx';
import { DeadLettersTab } from './dead-letters/dead-letters-tab.tsx';
import { DifferencesTab } from './differences/differences-tab.tsx';
import { FieldsTab } from './fields/fields-tab.tsx';
import { HistoryTab } from './history/history-tab.tsx';
import { MessagesTab } from './messages/messages-tab.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';
import { StatusesTab } from './statuses/statuses-tab.tsx';
import type { ConnectorTab } from './tabs.ts';
import { tabsOf } from './tabs.ts';
import styles from './connector.module.css';

interface ConnectorTabsProps {
  readonly connector: ConnectorLineFragment;
  readonly tab: ConnectorTab;
  readonly onTab: (tab: ConnectorTab) => void;
}

/** The parts of the page, of which one is shown. One that was never set up has nothing but its settings. */
export function ConnectorTabs({ connector, tab, onTab }: ConnectorTabsProps) {
  const { t } = useLingui();
  const { number } = useFormat();
  const { deadLetters, divergent, conflicts } = connector.health;
  const shown = tabsOf(connector);
  const labels: Readonly<Record<ConnectorTab, string>> = {
    overview: t`Overview`,
    fields: t`Fields`,
    statuses: t`Statuses`,
    history: t`History`,
    messages: t`Messages`,
    'dead-letters': t`Dead letters`,
    differences: t`Differences`,
    conflicts: t`Conflicts`,
    settings: t`Settings`,
  };
  const counts: Partial<Record<ConnectorTab, number>> = {
    'dead-letters': deadLetters,
    differences: divergent,
    conflicts,
  };
  return (
    <Tabs value={tab} onChange={onTab} className={styles.tabs}>
      <TabList
        label={connector.title}
        tabs={shown.map((value) => {
          const count = counts[value] ?? 0;
          return {
            value,
            label: labels[value],
            ...(count === 0 ? {} : { mark: <span className={styles.count}>{number(count)}</span> }),
          };
        })}
      />
      {shown.map((value) => (
        <TabPanel key={value} value={value}>
          <div className={styles.panel}>
            {value === tab && <TabContent connector={connector} tab={tab} />}
          </div>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function TabContent({ connector, tab }: Pick<ConnectorTabsProps, 'connector' | 'tab'>) {
  const { t } = useLingui();
  if (connector.state === 'off' && tab !== 'settings' && tab !== 'overview')
    return (
      <EmptyState
        title={t`Not set up`}
        text={t`Something appears here when the connector is set up, under Settings.`}
      />
    );
  switch (tab) {
    case 'overview':
      return <OverviewTab connector={connector} />;
    case 'fields':
      return <FieldsTab connector={connector} />;
    case 'statuses':
      return <StatusesTab connector={connector} />;
    case 'history':
      return <HistoryTab connector={connector} />;
    case 'messages':
      return <MessagesTab connector={connector} />;
    case 'dead-letters':
      return <DeadLettersTab connector={connector} />;
    case 'differences':
      return <DifferencesTab connector={connector} />;
    case 'conflicts':
      return <ConflictsTab connector={connector} />;
    case 'settings':
      return <SettingsTab connector={connector} />;
  }
}
