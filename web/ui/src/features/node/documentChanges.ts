import type { NodeDocument } from '../../api/types';
import { parseScript } from '../../components/scriptText';

export interface DocumentChange {
  pointer: string;
  before: string;
  after: string;
}

const CHANGES_MAX = 50;

/** Single values in which two node documents differ; the script is compared value by value where both can be read. */
export function documentChanges(before: NodeDocument, after: NodeDocument): DocumentChange[] {
  const changes: DocumentChange[] = [];
  compare(opened(before), opened(after), '', changes);
  return changes.slice(0, CHANGES_MAX);
}

function opened(document: NodeDocument): unknown {
  const script = parseScript(document.code);
  return script.ok && script.value !== null && typeof script.value === 'object' ? { ...document, code: script.value } : document;
}

function compare(before: unknown, after: unknown, pointer: string, into: DocumentChange[]): void {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[key], after[key], `${pointer}/${key}`, into);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    into.push({ pointer: pointer === '' ? '/' : pointer, before: shown(before), after: shown(after) });
  }
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function shown(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
