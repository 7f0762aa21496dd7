import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Language = 'en' | 'zh';
export type ThemeName = 'light' | 'dark';

interface Preferences {
  language: Language;
  theme: ThemeName;
  setLanguage: (language: Language) => void;
  setTheme: (theme: ThemeName) => void;
}

function browserLanguage(): Language {
  return typeof navigator !== 'undefined' && navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function browserTheme(): ThemeName {
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** What a user chose on this browser; it is no server state. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      language: browserLanguage(),
      theme: browserTheme(),
      setLanguage: (language) => set({ language }),
      setTheme: (theme) => set({ theme }),
    }),
    { name: 'tidegate.preferences' },
  ),
);
