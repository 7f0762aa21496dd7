import { CheckCircleOutlined, DownOutlined, RedoOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Dropdown, Space, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import type { InstanceDetail, InstanceOperation } from '../../api/types';
import { useText } from '../../i18n/text';
import { FIRST_OPERATIONS, MORE_OPERATIONS, refusalOf } from './actions';
import { OperationDialog } from './OperationDialog';

const ICONS: Record<(typeof FIRST_OPERATIONS)[number], ReactNode> = {
  RERUN: <RedoOutlined />,
  STOP: <StopOutlined />,
  SET_SUCCESS: <CheckCircleOutlined />,
};

/** Buttons that act on one instance. Those that can't are disabled and say why; each asks once and names what it will touch. */
export function InstanceActions({ instance }: { instance: InstanceDetail }) {
  const t = useText();
  const [asking, setAsking] = useState<InstanceOperation | null>(null);
  return (
    <>
      <Space>
        {FIRST_OPERATIONS.map((operation) => {
          const refusal = refusalOf(operation, instance);
          return (
            <Tooltip key={operation} title={refusal ?? ''}>
              <Button size="small" icon={ICONS[operation]} disabled={refusal !== undefined} onClick={() => setAsking(operation)}>
                {t(`operation.${operation}`)}
              </Button>
            </Tooltip>
          );
        })}
        <Dropdown
          trigger={['click']}
          menu={{
            onClick: ({ key }) => setAsking(key as InstanceOperation),
            items: MORE_OPERATIONS.map((operation) => {
              const refusal = refusalOf(operation, instance);
              return {
                key: operation,
                disabled: refusal !== undefined,
                label: <span title={refusal}>{t(`operation.${operation}`)}</span>,
              };
            }),
          }}
        >
          <Button size="small">
            {t('operation.more')} <DownOutlined />
          </Button>
        </Dropdown>
      </Space>
      {asking && <OperationDialog operation={asking} instance={instance} onClose={() => setAsking(null)} />}
    </>
  );
}
