import type { LogEvent } from '../../api/types';

/** The log of one attempt as far as it has arrived. */
export interface CollectedLog {
  attempt: number | null;
  last: number;
  text: string;
}

export const NO_LOG: CollectedLog = { attempt: null, last: 0, text: '' };

/** Adds a chunk. After a broken connection the stream begins anew: chunks that are there already are passed over. */
export function addChunk(log: CollectedLog, { attempt, number, text }: LogEvent): CollectedLog {
  if (log.attempt !== attempt) {
    return log.attempt !== null && attempt < log.attempt ? log : { attempt, last: number, text };
  }
  return number <= log.last ? log : { attempt, last: number, text: log.text + text };
}
