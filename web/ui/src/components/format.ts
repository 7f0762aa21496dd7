const pad = (n: number, width = 2) => String(n).padStart(width, '0');

export type Precision = 'minute' | 'second' | 'milli';

function partsIn(instant: Date, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(instant).map((p) => [p.type, p.value]));
}

/** `2026-11-22 10:05`, in the given zone. */
export function formatInstant(iso: string, zone: string, precision: Precision = 'minute'): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const p = partsIn(instant, zone);
  const minute = `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
  if (precision === 'minute') return minute;
  const second = `${minute}:${p.second}`;
  return precision === 'second' ? second : `${second}.${pad(instant.getUTCMilliseconds(), 3)}`;
}

/** `[10:00, 11:00)`, with the dates where they are needed: `[2026-11-21 00:00, 2026-11-22 00:00)`. */
export function formatWindow(start: string, end: string, zone: string, withDate = true): string {
  const from = formatInstant(start, zone, secondsMatter(start, end) ? 'second' : 'minute');
  const to = formatInstant(end, zone, secondsMatter(start, end) ? 'second' : 'minute');
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  if (!sameDay) return `[${from}, ${to})`;
  return withDate ? `${from.slice(0, 10)} [${from.slice(11)}, ${to.slice(11)})` : `[${from.slice(11)}, ${to.slice(11)})`;
}

function secondsMatter(...instants: string[]): boolean {
  return instants.some((iso) => new Date(iso).getTime() % 60_000 !== 0);
}

export function formatCount(n: number): string {
  return n.toLocaleString('en-US');
}

/** Binary units: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `850 ms`, `4.2 s`, `1 m 12 s`, `2 h 3 m`. */
export function formatDuration(millis: number): string {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  if (millis < 10_000) return `${(millis / 1000).toFixed(1)} s`;
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} m`;
}

export interface Ago {
  unit: 'second' | 'minute' | 'hour' | 'day';
  count: number;
  future: boolean;
}

/** The distance of an instant in its largest unit. */
export function ago(iso: string, now: number): Ago {
  const millis = now - new Date(iso).getTime();
  const size = Math.abs(millis);
  const future = millis < 0;
  if (size < 60_000) return { unit: 'second', count: Math.round(size / 1000), future };
  if (size < 3_600_000) return { unit: 'minute', count: Math.round(size / 60_000), future };
  if (size < 86_400_000) return { unit: 'hour', count: Math.round(size / 3_600_000), future };
  return { unit: 'day', count: Math.round(size / 86_400_000), future };
}
