import { Tooltip } from 'antd';
import type { LiveState } from '../api/live';
import { useText } from '../i18n/text';

/** Whether the page is kept current. */
export function LiveSign({ state }: { state: LiveState }) {
  const t = useText();
  return (
    <Tooltip title={t(`live.${state}.hint`)}>
      <span className={`live-sign live-${state}`}>
        <i /> {t(`live.${state}`)}
      </span>
    </Tooltip>
  );
}
