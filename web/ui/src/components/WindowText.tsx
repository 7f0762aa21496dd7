import { Tooltip } from 'antd';
import { formatInstant, formatWindow } from './format';
import { useZone } from './zone';

/** A window, left end included, right end not. */
export function WindowText({ start, end }: { start: string; end: string }) {
  const zone = useZone();
  return (
    <Tooltip title={`[${formatInstant(start, 'UTC', 'second')}, ${formatInstant(end, 'UTC', 'second')}) UTC`}>
      <span className="mono nowrap">{formatWindow(start, end, zone)}</span>
    </Tooltip>
  );
}
