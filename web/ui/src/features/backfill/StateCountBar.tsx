import { Tooltip } from 'antd';
import { INSTANCE_STATES, type StateCounts } from '../../api/types';
import { formatCount } from '../../components/format';
import { useText } from '../../i18n/text';

/** How many instances are in each state, as one bar and in words. */
export function StateCountBar({ counts, total }: { counts: StateCounts; total: number }) {
  const t = useText();
  const present = INSTANCE_STATES.filter((state) => counts[state] > 0);
  return (
    <div className="count-bar">
      <div className="count-bar-track">
        {present.map((state) => (
          <Tooltip key={state} title={`${t(`state.${state}`)}: ${formatCount(counts[state])}`}>
            <i className={`count-${state}`} style={{ width: `${(counts[state] / Math.max(1, total)) * 100}%` }} />
          </Tooltip>
        ))}
      </div>
      <span className="muted nowrap">{present.map((state) => `${formatCount(counts[state])} ${t(`state.${state}`)}`).join(' · ')}</span>
    </div>
  );
}
