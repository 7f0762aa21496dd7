import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  HourglassOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { InstanceState } from '../api/types';
import { useText, type MessageKey } from '../i18n/text';
import { SnowflakeIcon } from './SnowflakeIcon';

interface Look {
  color: string;
  icon: ReactNode;
  text: MessageKey;
}

export const STATE_LOOKS: Record<InstanceState, Look> = {
  NOT_RUN: { color: 'default', icon: <MinusCircleOutlined />, text: 'state.NOT_RUN' },
  WAIT_TIME: { color: 'gold', icon: <ClockCircleOutlined />, text: 'state.WAIT_TIME' },
  WAIT_RESOURCE: { color: 'gold', icon: <HourglassOutlined />, text: 'state.WAIT_RESOURCE' },
  RUNNING: { color: 'blue', icon: <LoadingOutlined />, text: 'state.RUNNING' },
  SUCCESS: { color: 'green', icon: <CheckCircleFilled />, text: 'state.SUCCESS' },
  FAILED: { color: 'red', icon: <CloseCircleFilled />, text: 'state.FAILED' },
};

interface Props {
  state: InstanceState;
  frozen?: boolean;
  dryRun?: boolean;
  /** A dry run because nothing ran when it was due. */
  missed?: boolean;
  /** Between 0 and 1, while it runs. */
  progress?: number;
}

/** The one look of an instance state: icon and word, never colour alone. */
export function StateTag({ state, frozen = false, dryRun = false, missed = false, progress }: Props) {
  const t = useText();
  const look = STATE_LOOKS[state];
  const percent = state === 'RUNNING' && progress !== undefined ? ` ${Math.floor(progress * 100)} %` : '';
  return (
    <span className="state-tag nowrap" data-state={state}>
      <Tag color={look.color} icon={look.icon} className={dryRun ? 'state-dry-run' : undefined}>
        {t(look.text)}
        {percent}
        {dryRun && ` · ${t(missed ? 'state.missed' : 'state.dryRun')}`}
      </Tag>
      {frozen && (
        <Tag color="purple" icon={<SnowflakeIcon />}>
          {t('state.frozen')}
        </Tag>
      )}
    </span>
  );
}
