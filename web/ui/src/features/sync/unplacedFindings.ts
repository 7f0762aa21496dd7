import type { Finding } from '../../api/problem';
import { normalPointer } from '../../components/findings';
import { pointerOfPath } from '../../components/scriptText';
import { railTabOf } from '../node/railTabs';
import type { SyncDocument } from './syncDocument';

const READER_FIELDS = [
  'datasource',
  'topic',
  'beginType',
  'beginDateTime',
  'endType',
  'endDateTime',
  'timeZone',
  'keyType',
  'valueType',
  'encoding',
  'stopWhenPollEmpty',
  'groupId',
  'autoOffsetReset',
  'allowedLateness',
];
const WRITER_FIELDS = ['datasource', 'table', 'partition', 'truncate', 'emptyAsNull'];
const SETTINGS = ['/setting/speed/concurrent', '/setting/speed/mbps', '/setting/errorLimit/record'];

/** Findings about the script for which the form has no field: they stand above it. */
export function unplacedFindings(findings: Finding[], document: SyncDocument): Finding[] {
  const reader = pointerOfPath(document.readerPath);
  const writer = pointerOfPath(document.writerPath);
  const placed = new Set([...READER_FIELDS.map((f) => `${reader}/${f}`), ...WRITER_FIELDS.map((f) => `${writer}/${f}`), ...SETTINGS]);
  return findings.filter((finding) => {
    const pointer = normalPointer(finding.field);
    const mapped = pointer.startsWith(`${reader}/column`) || pointer.startsWith(`${writer}/column`);
    return !placed.has(pointer) && !mapped && railTabOf(pointer) === undefined;
  });
}
