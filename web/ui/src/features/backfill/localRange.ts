/** Two local times as a closed range, `[2026-11-22 06:00, 09:00]`: both ends are scheduled. */
export function localRange(from: string, to: string): string {
  const [a, b] = [from, to].map((text) => text.replace('T', ' ').slice(0, 16));
  return a?.slice(0, 10) === b?.slice(0, 10) ? `[${a}, ${b?.slice(11)}]` : `[${a}, ${b}]`;
}
