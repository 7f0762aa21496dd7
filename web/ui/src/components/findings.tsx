import { createContext, useContext, useMemo } from 'react';
import type { Finding } from '../api/problem';

const FindingsContext = createContext<Finding[]>([]);

export const FindingsProvider = FindingsContext.Provider;

/**
 * The pointer as the form uses it. Findings about the script may point into the document (`/code/steps/…`) or straight
 * into the script (`/steps/…`).
 */
export function normalPointer(field: string): string {
  return field.startsWith('/code/') ? field.slice('/code'.length) : field;
}

/** Findings at a pointer and, with `below`, at anything under it. */
export function findingsAt(findings: Finding[], pointer: string, below = false): Finding[] {
  return findings.filter((finding) => {
    const field = normalPointer(finding.field);
    return field === pointer || (below && field.startsWith(pointer + '/'));
  });
}

export function useFindingsAt(pointer: string | undefined, below = false): Finding[] {
  const findings = useContext(FindingsContext);
  return useMemo(() => (pointer === undefined ? [] : findingsAt(findings, pointer, below)), [findings, pointer, below]);
}

export function useAllFindings(): Finding[] {
  return useContext(FindingsContext);
}
