import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { fetchDraft, useCheckDraft, useSaveDraft, type SavedDraft } from '../../api/nodes';
import { statusOf, type Finding } from '../../api/problem';
import type { NodeDocument } from '../../api/types';
import { sameDocument, useDrafts } from './drafts';

/** What somebody else saved, and what the server says about it. */
export interface Conflict extends SavedDraft {
  reason: string;
}

export interface DraftEditor {
  document: NodeDocument;
  dirty: boolean;
  saving: boolean;
  error: unknown;
  findings: Finding[];
  setFindings: (findings: Finding[]) => void;
  /** What somebody else saved meanwhile, until the user decides. */
  conflict: Conflict | null;
  change: (part: Partial<NodeDocument>) => void;
  save: () => Promise<boolean>;
  takeTheirs: () => void;
  overwrite: () => Promise<boolean>;
  closeConflict: () => void;
}

/** Editing one node's draft: what is typed is kept in the browser until it is saved, and checked then. */
export function useDraftEditor(id: number, saved: SavedDraft, checkAtOnce: boolean): DraftEditor {
  const unsaved = useDrafts((s) => s.drafts[id]);
  const keep = useDrafts((s) => s.keep);
  const drop = useDrafts((s) => s.drop);
  const queries = useQueryClient();
  const saving = useSaveDraft(id);
  const checking = useCheckDraft(id);
  const [findings, setFindings] = useState<Finding[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const document = unsaved?.document ?? saved.document;
  const dirty = unsaved !== undefined;
  const check = checking.mutateAsync;

  // A check that fails takes nothing away: committing checks again.
  const recheck = useCallback(() => check().then(setFindings, () => undefined), [check]);

  useEffect(() => {
    if (checkAtOnce) void recheck();
  }, [recheck, checkAtOnce]);

  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);

  const change = (part: Partial<NodeDocument>) => {
    const next = { ...document, ...part };
    if (sameDocument(next, saved.document)) drop(id);
    else keep(id, { document: next, etag: unsaved?.etag ?? saved.etag });
  };

  const send = async (etag: string): Promise<boolean> => {
    const sent = document;
    try {
      const answer = await saving.mutateAsync({ document: sent, etag });
      // What was typed while the request was under way stays unsaved, on top of the new revision.
      const now = useDrafts.getState().drafts[id];
      if (!now || sameDocument(now.document, sent)) drop(id);
      else keep(id, { document: now.document, etag: answer.etag });
      setConflict(null);
      void recheck();
      return true;
    } catch (error) {
      if (statusOf(error) === 412) setConflict({ ...(await fetchDraft(id)), reason: (error as Error).message });
      return false;
    }
  };

  return {
    document,
    dirty,
    saving: saving.isPending,
    error: statusOf(saving.error) === 412 ? null : saving.error,
    findings,
    setFindings,
    conflict,
    change,
    save: () => (dirty ? send(unsaved.etag) : Promise.resolve(true)),
    takeTheirs: () => {
      if (conflict) queries.setQueryData(['draft', id], { document: conflict.document, etag: conflict.etag });
      drop(id);
      setConflict(null);
      void recheck();
    },
    overwrite: () => (conflict ? send(conflict.etag) : Promise.resolve(false)),
    closeConflict: () => setConflict(null),
  };
}
