export const RAIL_TABS = ['schedule', 'parameters', 'dependencies', 'resourceGroups', 'versions'] as const;
export type RailTab = (typeof RAIL_TABS)[number];

export function isRailTab(text: string): text is RailTab {
  return (RAIL_TABS as readonly string[]).includes(text);
}

const TAB_OF_PROPERTY: Record<string, RailTab> = {
  schedule: 'schedule',
  rerun: 'schedule',
  priority: 'schedule',
  timeoutMinutes: 'schedule',
  parameters: 'parameters',
  dependencies: 'dependencies',
  outputs: 'dependencies',
  resourceGroups: 'resourceGroups',
};

/** The tab on which a property of the node document stands; none for the code. */
export function railTabOf(pointer: string): RailTab | undefined {
  return TAB_OF_PROPERTY[pointer.split('/')[1] ?? ''];
}
