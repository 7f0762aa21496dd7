const KEY = 'tidegate.workspace';

export function rememberWorkspace(name: string): void {
  localStorage.setItem(KEY, name);
}

export function lastWorkspace(): string | null {
  return localStorage.getItem(KEY);
}
