import { ApiOutlined, CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTestConnectivity } from '../../api/dataSources';
import type { Environment } from '../../api/types';
import { formatDuration } from '../../components/format';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

interface Props {
  name: string;
  environment: Environment;
  /** What was typed is not saved: the test would not see it. */
  unsaved?: boolean;
}

/** Tries to reach one side of a data source and says what came of it. */
export function ConnectivityTest({ name, environment, unsaved = false }: Props) {
  const t = useText();
  const test = useTestConnectivity(useWorkspace().name);
  const result = test.data;
  return (
    <span className="connectivity">
      <Tooltip title={unsaved ? t('source.testSavedOnly') : ''}>
        <Button size="small" icon={<ApiOutlined />} loading={test.isPending} disabled={unsaved} onClick={() => test.mutate({ name, environment })}>
          {t('source.test')}
        </Button>
      </Tooltip>
      {result && (
        <Tooltip title={result.message}>
          <span className={result.reachable ? 'verdict-good' : 'verdict-bad'} role="status">
            {result.reachable ? <CheckCircleFilled /> : <CloseCircleFilled />}{' '}
            {t(result.reachable ? 'source.reachable' : 'source.unreachable', { time: formatDuration(result.milliseconds) })}
          </span>
        </Tooltip>
      )}
      {test.error && <span className="verdict-bad">{test.error.message || t('problem.unreachable')}</span>}
    </span>
  );
}
