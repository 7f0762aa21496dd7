import { applyEdits, findNodeAtLocation, modify, parse, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** A place in a JSON text: keys and array positions from the root. */
export type JsonPath = (string | number)[];

export interface ScriptError {
  offset: number;
  line: number;
  column: number;
  reason: string;
}

export type ParsedScript = { ok: true; value: unknown } | { ok: false; error: ScriptError };

/** Reads a script; the first error carries its place, lines and columns counted from 1. */
export function parseScript(text: string): ParsedScript {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  const first = errors[0];
  if (first) {
    return { ok: false, error: { ...lineAndColumn(text, first.offset), offset: first.offset, reason: printParseErrorCode(first.error) } };
  }
  return { ok: true, value };
}

export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The value at a path, or undefined when some step of it is not there. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

/**
 * The text with one value replaced. Only the characters of that value change, so that what the form does not
 * know (other keys, order, layout) stays as it was typed. `undefined` removes the key.
 */
export function withValue(text: string, path: JsonPath, value: unknown): string {
  const edits = modify(text, path, value, { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } });
  return applyEdits(text, edits);
}

/** Where the value of a JSON pointer stands in the text; its nearest parent when the value itself is missing. */
export function rangeOfPointer(text: string, pointer: string): { from: number; to: number } | undefined {
  const root = parseTree(text);
  if (!root) return undefined;
  const path = pathOfPointer(pointer);
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) {
      // A whole object would underline the page: its first character says enough.
      const whole = length === path.length || node.type === 'string' || node.type === 'number';
      return { from: node.offset, to: whole && node.type !== 'object' ? node.offset + node.length : node.offset + 1 };
    }
  }
  return undefined;
}

export function pathOfPointer(pointer: string): JsonPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export function pointerOfPath(path: JsonPath): string {
  return path.map((step) => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
}
