import { CheckCircleOutlined, RedoOutlined, StopOutlined } from '@ant-design/icons';
import { App, Button, Space, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useRerunInstance, useSetInstanceSuccess, useStopInstance, type InstanceAction } from '../../api/instances';
import type { InstanceDetail } from '../../api/types';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { extentOf, refusalOf } from './actions';

const ICONS: Record<InstanceAction, ReactNode> = { rerun: <RedoOutlined />, stop: <StopOutlined />, 'set-success': <CheckCircleOutlined /> };

/** Buttons that act on one instance. Each asks once and names what it will touch. */
export function InstanceActions({ instance }: { instance: InstanceDetail }) {
  const t = useText();
  const { modal } = App.useApp();
  const actions = {
    // The question before it says so.
    rerun: useRerunInstance(instance.id, extentOf('rerun', instance).key === 'action.rerun.adds'),
    stop: useStopInstance(instance.id),
    'set-success': useSetInstanceSuccess(instance.id),
  };
  const ask = (action: InstanceAction) => {
    const extent = extentOf(action, instance);
    modal.confirm({
      title: t(`action.${action}.title`, { node: instance.nodeName, time: formatInstant(instance.scheduledTime, instance.timeZone) }),
      content: <p className="pre-line">{t(extent.key, extent.values)}</p>,
      okText: t(`action.${action}`),
      okButtonProps: { danger: action !== 'set-success' },
      onOk: () =>
        actions[action].mutateAsync().catch((error: unknown) => {
          modal.error({ title: t(`action.${action}.failed`), content: <ProblemAlert error={error} /> });
        }),
    });
  };
  return (
    <Space>
      {(['rerun', 'stop', 'set-success'] as const).map((action) => {
        const refusal = refusalOf(action, instance);
        return (
          <Tooltip key={action} title={refusal ? t(refusal, { state: t(`state.${instance.state}`) }) : ''}>
            <Button size="small" icon={ICONS[action]} disabled={refusal !== undefined} loading={actions[action].isPending} onClick={() => ask(action)}>
              {t(`action.${action}`)}
            </Button>
          </Tooltip>
        );
      })}
    </Space>
  );
}
