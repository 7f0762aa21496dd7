import { expect, it } from 'vitest';
import type { Finding } from '../../api/problem';
import { openSync } from './syncDocument';
import { unplacedFindings } from './unplacedFindings';

const about = (field: string): Finding => ({ field, severity: 'ERROR', message: field, cure: '' });

it('findings without a field of the form stand above it, and only those', () => {
  const opened = openSync('');
  if (!opened.ok) throw new Error('the new script does not open');
  const findings = [
    '/code',
    '/code/steps/0/parameter/topic',
    '/code/steps/0/parameter/kafkaConfig',
    '/code/steps/1/parameter/column/3',
    '/code/setting/speed/concurrent',
    '/setting/jvmOption',
    '/parameters/0/expression',
    '',
  ].map(about);
  expect(unplacedFindings(findings, opened.document).map((f) => f.field)).toEqual([
    '/code',
    '/code/steps/0/parameter/kafkaConfig',
    '/setting/jvmOption',
    '',
  ]);
});
