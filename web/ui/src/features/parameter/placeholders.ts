import type { ParameterAssignment } from '../../api/types';

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of the `${…}` in a code, in the order of their first appearance. Dotted names are system variables. */
export function placeholdersIn(code: string): string[] {
  return [...new Set(Array.from(code.matchAll(PLACEHOLDER), (found) => found[1] ?? ''))];
}

/** Placeholders to which no parameter gives a value: the node could not run. */
export function unassigned(code: string, parameters: ParameterAssignment[]): string[] {
  const known = new Set(parameters.map((p) => p.name));
  return placeholdersIn(code).filter((name) => !known.has(name));
}

export type ParameterProblem = 'name' | 'twice' | 'space';

/** What is wrong with each assignment as far as the page itself can tell; the server judges the expressions. */
export function parameterProblems(parameters: ParameterAssignment[]): (ParameterProblem | undefined)[] {
  const seen = new Set<string>();
  return parameters.map(({ name, expression }) => {
    const twice = seen.has(name);
    seen.add(name);
    if (!NAME.test(name)) return 'name';
    if (twice) return 'twice';
    if (/[\s=]/.test(expression)) return 'space';
    return undefined;
  });
}

/** `$[yyyymm-1]` reads like a month, and is a day. */
export function looksLikeMonths(expression: string): boolean {
  return /\$\[(?:yyyy-?)?mm[+-]\d+\]/.test(expression) && !expression.includes('add_months');
}

export interface Recipe {
  key: 'minutes' | 'hour' | 'day';
  parameters: ParameterAssignment[];
}

/** The usual windows: five minutes with three of patience, the last full hour, yesterday. */
export const RECIPES: Recipe[] = [
  {
    key: 'minutes',
    parameters: [
      { name: 'startTime', expression: '$[yyyymmddhh24mi-8/24/60]00' },
      { name: 'endTime', expression: '$[yyyymmddhh24mi-3/24/60]00' },
      { name: 'partition', expression: '$[yyyymmddhh24mi-8/24/60]' },
    ],
  },
  {
    key: 'hour',
    parameters: [
      { name: 'startTime', expression: '$[yyyymmddhh24-1/24]0000' },
      { name: 'endTime', expression: '$[yyyymmddhh24]0000' },
      { name: 'partition', expression: '$[yyyymmddhh24]' },
    ],
  },
  {
    key: 'day',
    parameters: [
      { name: 'startTime', expression: '$[yyyymmdd-1]000000' },
      { name: 'endTime', expression: '$[yyyymmdd]000000' },
      { name: 'partition', expression: '$[yyyymmdd-1]' },
    ],
  },
];

/** The parameters with those of a recipe set; others and their order stay. */
export function withRecipe(parameters: ParameterAssignment[], recipe: Recipe): ParameterAssignment[] {
  const kept = parameters.map((p) => recipe.parameters.find((r) => r.name === p.name) ?? p);
  return [...kept, ...recipe.parameters.filter((r) => !parameters.some((p) => p.name === r.name))];
}
