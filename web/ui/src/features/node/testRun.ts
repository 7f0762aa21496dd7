import type { NodeDocument, TestRunRequest } from '../../api/types';
import { placeholdersIn } from '../parameter/placeholders';

export interface TestRunForm {
  code: TestRunRequest['code'];
  /** Empty for the values of this minute. */
  businessDate: string;
  /** HH:mm; empty for the first scheduled time of the day. */
  at: string;
  /** What was typed, by name; an empty one leaves the expression in force. */
  given: Record<string, string>;
}

/** The parameters a run may be given: those that are assigned, and those that only the code asks for. */
export function askedParameters({ code, parameters }: Pick<NodeDocument, 'code' | 'parameters'>): { name: string; expression: string }[] {
  const assigned = parameters.map(({ name, expression }) => ({ name, expression }));
  const names = new Set(assigned.map((parameter) => parameter.name));
  return [...assigned, ...placeholdersIn(code).flatMap((name) => (names.has(name) ? [] : [{ name, expression: '' }]))];
}

export function testRunOf({ code, businessDate, at, given }: TestRunForm): TestRunRequest {
  const parameters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  return {
    code,
    ...(businessDate === '' ? {} : { businessDate }),
    ...(businessDate === '' || at.trim() === '' ? {} : { at: at.trim() }),
    parameters,
  };
}
