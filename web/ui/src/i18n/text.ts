import { useMemo } from 'react';
import { usePreferences, type Language } from '../app/preferences';
import { catalogue, type MessageKey } from './catalogue';

export type { MessageKey };
export type Values = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: Values) => string;

const COLUMN: Record<Language, 0 | 1> = { en: 0, zh: 1 };

/** The message in a language, with each `{name}` replaced by its value. */
export function translate(language: Language, key: MessageKey, values: Values = {}): string {
  const message: string = catalogue[key][COLUMN[language]];
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** The translation of the language the user has chosen. */
export function useText(): Translate {
  const language = usePreferences((s) => s.language);
  return useMemo(() => (key, values) => translate(language, key, values), [language]);
}
