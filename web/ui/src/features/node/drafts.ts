import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { NodeDocument } from '../../api/types';

export interface UnsavedDraft {
  document: NodeDocument;
  /** ETag of the saved draft that the typing began from. */
  etag: string;
}

interface Drafts {
  drafts: Record<number, UnsavedDraft>;
  keep: (node: number, draft: UnsavedDraft) => void;
  drop: (node: number) => void;
}

/** What was typed and not saved. It outlives closing the tab and reloading the page. */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (node, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [node]: draft } })),
      drop: (node) =>
        set(({ drafts }) => {
          const { [node]: _, ...rest } = drafts;
          return { drafts: rest };
        }),
    }),
    { name: 'tidegate.drafts' },
  ),
);

export function sameDocument(a: NodeDocument, b: NodeDocument): boolean {
  return canonical(a) === canonical(b);
}

/** Keys in order, so that only values make a difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  );
}
