/** Parts of the editor, in their order; their names are in the address. */
export const EDITOR_TABS = [
  'stages',
  'gates',
  'events',
  'rules',
  'timers',
  'check',
  'try',
  'versions',
] as const;
export type EditorTab = (typeof EDITOR_TABS)[number];

export function isEditorTab(value: string | null): value is EditorTab {
  return EDITOR_TABS.some((one) => one === value);
}

const BY_FIELD: Readonly<Record<string, EditorTab>> = {
  stages: 'stages',
  endings: 'stages',
  gates: 'gates',
  events: 'events',
  knownTypes: 'events',
  domains: 'events',
  rules: 'rules',
  timers: 'timers',
  calendars: 'timers',
  confirmedRegressions: 'check',
};

/** Where the member at this path is edited. */
export function tabOf(field: string | undefined): EditorTab | null {
  const [list = ''] = field?.split('.') ?? [];
  return BY_FIELD[list] ?? null;
}
