import { Table, Tooltip } from 'antd';
import { useDescendants } from '../../api/instances';
import { ProblemAlert } from '../../components/ProblemAlert';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';

interface Props {
  instance: number;
  chosen: number[];
  onChange: (chosen: number[]) => void;
}

/** The instances below one, to be rerun with it. What can't go along is named with the reason. */
export function DescendantChoice({ instance, chosen, onChange }: Props) {
  const t = useText();
  const descendants = useDescendants(instance);
  return (
    <>
      <ProblemAlert error={descendants.error} onRetry={() => void descendants.refetch()} />
      <Table
        size="small"
        rowKey="id"
        loading={descendants.isPending}
        pagination={false}
        scroll={{ y: 320 }}
        dataSource={descendants.data ?? []}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => onChange(keys.map(Number)),
          getCheckboxProps: (row) => ({ disabled: row.refusal !== null }),
        }}
        columns={[
          { title: t('node.title'), render: (_, row) => <Tooltip title={row.refusal ?? ''}>{row.nodeName}</Tooltip> },
          { title: t('instance.scheduled'), width: 150, render: (_, row) => row.scheduledLocal.replace('T', ' ').slice(0, 16) },
          { title: t('instance.state'), width: 190, render: (_, row) => <StateTag state={row.state} frozen={row.frozen} /> },
        ]}
      />
    </>
  );
}
