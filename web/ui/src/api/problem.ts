import type { components } from './schema';

export type Problem = components['schemas']['Problem'];
export type Finding = components['schemas']['Finding'];

/** A refused or failed request, as the server describes it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail || problem.title, { cause });
    this.name = 'ProblemError';
    this.problem = problem;
  }

  /** Status 0 stands for a request that got no answer. */
  static unreachable(cause: unknown): ProblemError {
    return new ProblemError({ type: 'about:blank', title: '', status: 0, detail: '' }, cause);
  }

  get status(): number {
    return this.problem.status;
  }

  get findings(): Finding[] {
    return this.problem.findings ?? [];
  }
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.status : undefined;
}

export function findingsOf(error: unknown): Finding[] {
  return error instanceof ProblemError ? error.findings : [];
}
