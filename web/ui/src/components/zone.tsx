import { createContext, useContext } from 'react';

const ZoneContext = createContext('UTC');

/** The time zone of the workspace, in which all times below are shown. */
export const ZoneProvider = ZoneContext.Provider;

export function useZone(): string {
  return useContext(ZoneContext);
}
