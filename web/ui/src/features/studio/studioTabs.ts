import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface StudioTabs {
  /** Node ids in the order of their tabs, for each workspace. */
  open: Record<string, number[]>;
  show: (workspace: string, node: number) => void;
  close: (workspace: string, node: number) => void;
}

/** The open tabs, kept across reload. */
export const useStudioTabs = create<StudioTabs>()(
  persist(
    (set) => ({
      open: {},
      show: (workspace, node) =>
        set(({ open }) => {
          const tabs = open[workspace] ?? [];
          return tabs.includes(node) ? {} : { open: { ...open, [workspace]: [...tabs, node] } };
        }),
      close: (workspace, node) =>
        set(({ open }) => ({ open: { ...open, [workspace]: (open[workspace] ?? []).filter((n) => n !== node) } })),
    }),
    { name: 'tidegate.tabs' },
  ),
);

/** The tab that is shown when one is closed: its right neighbour, else its left. */
export function neighbourOf(tabs: number[], closed: number): number | undefined {
  const at = tabs.indexOf(closed);
  return tabs[at + 1] ?? tabs[at - 1];
}
