import type { ConnectorLineFragment } from '../../generated/graphql.ts';

/** Parts of the page of a connector, in their order; their names are in the address. */
export const CONNECTOR_TABS = [
  'overview',
  'fields',
  'statuses',
  'history',
  'messages',
  'dead-letters',
  'differences',
  'conflicts',
  'settings',
] as const;
export type ConnectorTab = (typeof CONNECTOR_TABS)[number];

export function isConnectorTab(value: string | undefined): value is ConnectorTab {
  return CONNECTOR_TABS.some((one) => one === value);
}

/** The parts that a connector has. */
export function tabsOf({
  hasStatuses,
  hasMessages,
}: Pick<ConnectorLineFragment, 'hasStatuses' | 'hasMessages'>): readonly ConnectorTab[] {
  const isThere: Partial<Record<ConnectorTab, boolean>> = {
    statuses: hasStatuses,
    messages: hasMessages,
  };
  return CONNECTOR_TABS.filter((tab) => isThere[tab] !== false);
}

/** Address of a part of a connector. */
export function connectorPath(key: string, tab: ConnectorTab = 'overview'): string {
  const path = `/settings/connectors/${encodeURIComponent(key)}`;
  return tab === 'overview' ? path : `${path}/${tab}`;
}
