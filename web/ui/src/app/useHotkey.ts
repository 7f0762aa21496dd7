import { useEffect, useEffectEvent } from 'react';

/** Calls back on a key; `mod+` stands for Ctrl, or Cmd on a Mac. The browser's own meaning of it is held back. */
export function useHotkey(key: string, action: () => void): void {
  const act = useEffectEvent(action);
  useEffect(() => {
    const withMod = key.startsWith('mod+');
    const bare = withMod ? key.slice(4) : key;
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== bare || (event.ctrlKey || event.metaKey) !== withMod || event.altKey) return;
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable=true]');
      if (!withMod && typing) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [key]);
}
