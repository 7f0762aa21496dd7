import { useEffect, useState } from 'react';
import { formatDuration } from '../../components/format';
import { useText } from '../../i18n/text';

/** How long something took, or takes so far. */
export function RunningTime({ from, to }: { from: string | null; to: string | null }) {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  const running = from !== null && to === null;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  if (from === null) return <span className="muted">{t('common.none')}</span>;
  const end = to === null ? Math.max(now, Date.parse(from)) : Date.parse(to);
  return <span className="nowrap">{formatDuration(end - Date.parse(from))}</span>;
}
