import { describe, expect, it } from 'vitest';
import { catalogue, type MessageKey } from './catalogue';
import { frame } from './messages/frame';
import { operation } from './messages/operation';
import { settings } from './messages/settings';
import { studio } from './messages/studio';
import { sync } from './messages/sync';
import { translate } from './text';

const keys = Object.keys(catalogue) as MessageKey[];
const sources = import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], { query: '?raw', import: 'default', eager: true });
const code = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!./messages/*', '!../api/schema.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const valuesIn = (text: string) => [...text.matchAll(/(?<!\$)\{(\w+)\}/g)].map((found) => found[1]).toSorted();

describe('the catalogue of texts', () => {
  it('has every key once', () => {
    const parts = [frame, studio, sync, settings, operation].flatMap((part) => Object.keys(part));
    expect(parts.length).toBe(new Set(parts).size);
  });

  it.each(keys)('%s stands in both languages with the same values', (key) => {
    const [english, chinese] = catalogue[key];
    expect(english.trim()).not.toBe('');
    expect(chinese.trim()).not.toBe('');
    expect(valuesIn(chinese)).toEqual(valuesIn(english));
  });

  it('has no text that nobody shows', () => {
    const all = Object.values(code).join('\n');
    // `state.${x}` uses every key that begins with `state.`
    const open = [...all.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z-]+)*\.)\$\{/g)].map((found) => found[1] ?? '');
    const unused = keys.filter((key) => !all.includes(`'${key}'`) && !open.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('fills values in and leaves the braces of parameters alone', () => {
    expect(translate('en', 'deploy.isCurrent', { n: 3 })).toBe('Version 3 is live already');
    expect(translate('en', 'parameters.empty')).toContain('${name}');
  });
});

describe('components', () => {
  it.each(Object.entries(sources))('%s has no text of its own', (_, source) => {
    // Words between tags, as in `<b>Some text</b>`; the product's name is the same in every language.
    const words = [...source.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*</g)].map((found) => found[1]).filter((text) => text !== 'Tidegate');
    expect(words).toEqual([]);
    expect(source).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
