import { createContext, useContext } from 'react';
import type { Environment, Workspace } from '../../api/types';

const WorkspaceContext = createContext<Workspace | null>(null);

export const WorkspaceProvider = WorkspaceContext.Provider;

/** The workspace whose pages are open. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('no workspace is open');
  return workspace;
}

/** Where drafts are tried: DEV, or PROD in a workspace that has nothing else. */
export function authoringEnvironment(workspace: Workspace): Environment {
  return workspace.mode === 'STANDARD' ? 'DEV' : 'PROD';
}

export function environmentsOf(workspace: Workspace): Environment[] {
  return workspace.mode === 'STANDARD' ? ['DEV', 'PROD'] : ['PROD'];
}
