import { describe, expect, it } from 'vitest';
import { askedParameters, testRunOf } from './testRun';

describe('a test run', () => {
  it('asks for assigned parameters and for those that only the code names', () => {
    const parameters = [{ name: 'day', expression: '$bizdate' }];
    expect(askedParameters({ code: 'SELECT ${day}, ${region}, ${bdp.system.bizdate}', parameters })).toEqual([
      { name: 'day', expression: '$bizdate' },
      { name: 'region', expression: '' },
    ]);
  });

  it('sends only what was typed', () => {
    expect(testRunOf({ code: 'DRAFT', businessDate: '', at: '10:05', given: { day: '', region: 'eu' } })).toEqual({
      code: 'DRAFT',
      parameters: { region: 'eu' },
    });
    expect(testRunOf({ code: 'COMMITTED', businessDate: '2026-11-20', at: ' 10:05 ', given: {} })).toEqual({
      code: 'COMMITTED',
      businessDate: '2026-11-20',
      at: '10:05',
      parameters: {},
    });
  });
});
