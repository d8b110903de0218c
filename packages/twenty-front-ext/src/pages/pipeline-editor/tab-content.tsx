import type { EditedPipelineFragment } from '../../generated/graphql.ts';
import { EventsTab } from './events/events-tab.tsx';
import { GatesTab } from './gates/gates-tab.tsx';
import { RulesTab } from './rules/rules-tab.tsx';
import { StagesTab } from './stages/stages-tab.tsx';
import type { EditorTab } from './tabs.ts';
import { TimersTab } from './timers/timers-tab.tsx';
import { CheckTab } from './verify/check-tab.tsx';
import { VersionsTab } from './versions/versions-tab.tsx';
import { WhatIfTab } from './what-if/what-if-tab.tsx';

interface TabContentProps {
  readonly tab: EditorTab;
  readonly pipeline: EditedPipelineFragment;
  readonly onOpen: (tab: EditorTab) => void;
}

export function TabContent({ tab, pipeline, onOpen }: TabContentProps) {
  switch (tab) {
    case 'stages':
      return <StagesTab />;
    case 'gates':
      return <GatesTab />;
    case 'events':
      return <EventsTab />;
    case 'rules':
      return <RulesTab />;
    case 'timers':
      return <TimersTab />;
    case 'check':
      return <CheckTab onOpen={onOpen} />;
    case 'try':
      return <WhatIfTab />;
    case 'versions':
      return <VersionsTab pipeline={pipeline} />;
  }
}
