import { parseScript, valueAt, withValue, type JsonPath, type ScriptError } from '../../components/scriptText';

/** What a new batch synchronization node starts from. */
export const NEW_SYNC_SCRIPT = JSON.stringify(
  {
    type: 'job',
    version: '2.0',
    steps: [
      {
        stepType: 'kafka',
        category: 'reader',
        name: 'Reader',
        parameter: {
          datasource: '',
          topic: '',
          column: [],
          keyType: 'string',
          valueType: 'string',
          encoding: 'UTF-8',
          beginType: 'specific',
          beginDateTime: '${startTime}',
          endType: 'specific',
          endDateTime: '${endTime}',
          stopWhenPollEmpty: 'false',
        },
      },
      {
        stepType: 'odps',
        category: 'writer',
        name: 'Writer',
        parameter: { datasource: '', table: '', partition: 'ds=${partition}', column: [], truncate: true },
      },
    ],
    order: { hops: [{ from: 'Reader', to: 'Writer' }] },
    setting: { errorLimit: { record: '0' }, speed: { throttle: false, concurrent: 3 } },
  },
  null,
  2,
);

/** The form's view of a script: it reads and replaces single values and keeps all the rest. */
export interface SyncDocument {
  text: string;
  value: unknown;
  readerPath: JsonPath;
  writerPath: JsonPath;
}

export type OpenedSync = { ok: true; document: SyncDocument } | { ok: false; error: ScriptError | 'no-steps' };

/** Opens a script for the form. An empty one is opened as {@link NEW_SYNC_SCRIPT}. */
export function openSync(code: string): OpenedSync {
  const text = code.trim() === '' ? NEW_SYNC_SCRIPT : code;
  const parsed = parseScript(text);
  if (!parsed.ok) return { ok: false, error: parsed.error };
  const reader = stepOf(parsed.value, 'reader', 'kafka');
  const writer = stepOf(parsed.value, 'writer', 'odps');
  if (reader < 0 || writer < 0) return { ok: false, error: 'no-steps' };
  return {
    ok: true,
    document: {
      text,
      value: parsed.value,
      readerPath: ['steps', reader, 'parameter'],
      writerPath: ['steps', writer, 'parameter'],
    },
  };
}

function stepOf(value: unknown, category: string, stepType: string): number {
  const steps = valueAt(value, ['steps']);
  if (!Array.isArray(steps)) return -1;
  const byCategory = steps.findIndex((s) => valueAt(s, ['category']) === category);
  return byCategory >= 0 ? byCategory : steps.findIndex((s) => valueAt(s, ['stepType']) === stepType);
}

export function textAt(document: SyncDocument, path: JsonPath): string {
  const value = valueAt(document.value, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** DataWorks writes switches as `true` and as `"true"`. */
export function switchAt(document: SyncDocument, path: JsonPath, otherwise: boolean): boolean {
  const value = valueAt(document.value, path);
  if (value === undefined || value === null || value === '') return otherwise;
  return String(value).toLowerCase() === 'true';
}

/** A switch in the spelling that the script already uses for it, else as a string. */
export function switchValue(document: SyncDocument, path: JsonPath, on: boolean): string | boolean {
  return typeof valueAt(document.value, path) === 'boolean' ? on : String(on);
}

export function replace(document: SyncDocument, path: JsonPath, value: unknown): string {
  return withValue(document.text, path, value);
}

/** Several values at once, in order. */
export function replaceAll(document: SyncDocument, changes: [JsonPath, unknown][]): string {
  return changes.reduce((text, [path, value]) => withValue(text, path, value), document.text);
}

export function columnsAt(document: SyncDocument, path: JsonPath): string[] {
  const value = valueAt(document.value, [...path, 'column']);
  if (!Array.isArray(value)) return [];
  return value.map((column) => {
    if (typeof column === 'string') return column;
    const name = valueAt(column, ['name']);
    return typeof name === 'string' ? name : JSON.stringify(column);
  });
}
