import type { InstanceDetail } from '../../api/types';

/** How far the newest attempt is, between 0 and 1; undefined while nobody can say. */
export function progressOf(instance: InstanceDetail): number | undefined {
  const progress = instance.attempts[0]?.progress;
  if (instance.state !== 'RUNNING' || !progress || progress.planned === 0) return undefined;
  return Math.min(1, progress.passed / progress.planned);
}

/** The window that the newest attempt with a plan reads. */
export function windowOf(instance: InstanceDetail): { start: string; end: string } | undefined {
  const source = instance.receipt ?? instance.attempts.find((attempt) => attempt.plan !== null)?.plan;
  return source?.windowStart && source.windowEnd ? { start: source.windowStart, end: source.windowEnd } : undefined;
}
