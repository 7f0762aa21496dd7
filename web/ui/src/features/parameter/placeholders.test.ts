import { describe, expect, it } from 'vitest';
import { looksLikeMonths, parameterProblems, placeholdersIn, RECIPES, unassigned, withRecipe } from './placeholders';

describe('scheduling parameters', () => {
  const code = '{"beginDateTime":"${startTime}","endDateTime":"${endTime}","partition":"ds=${partition}","x":"${startTime} ${bdp.system.bizdate}"}';

  it('are found in the code once each, without system variables', () => {
    expect(placeholdersIn(code)).toEqual(['startTime', 'endTime', 'partition']);
  });

  it('without a value are named', () => {
    expect(unassigned(code, [{ name: 'endTime', expression: '1' }])).toEqual(['startTime', 'partition']);
  });

  it('need a name, once, and an expression without spaces and =', () => {
    expect(
      parameterProblems([
        { name: 'a', expression: '$[yyyymmdd]' },
        { name: 'a', expression: '1' },
        { name: '1a', expression: '1' },
        { name: '', expression: '1' },
        { name: 'b', expression: 'x = 1' },
      ]),
    ).toEqual([undefined, 'twice', 'name', 'name', 'space']);
  });

  it('that move a month by days are pointed out', () => {
    expect(looksLikeMonths('$[yyyymm-1]')).toBe(true);
    expect(looksLikeMonths('$[mm-1]')).toBe(true);
    expect(looksLikeMonths('$[yyyymmdd-1]')).toBe(false);
    expect(looksLikeMonths('$[yyyy-mm-dd]')).toBe(false);
    expect(looksLikeMonths('$[add_months(yyyymm,-1)]')).toBe(false);
  });

  it('of a usual window replace those of the same name and leave the others where they are', () => {
    const hour = RECIPES.find((r) => r.key === 'hour')!;
    const next = withRecipe(
      [
        { name: 'partition', expression: 'old' },
        { name: 'own', expression: '1' },
      ],
      hour,
    );
    expect(next.map((p) => p.name)).toEqual(['partition', 'own', 'startTime', 'endTime']);
    expect(next[0]?.expression).toBe('$[yyyymmddhh24]');
  });
});
