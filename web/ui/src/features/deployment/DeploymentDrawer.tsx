import { Skeleton, Table } from 'antd';
import { Link, useParams } from 'react-router';
import { useDeployment } from '../../api/deployments';
import { DetailDrawer } from '../../components/DetailDrawer';
import { InstantText } from '../../components/InstantText';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { VersionText } from '../node/VersionText';
import { useWorkspace } from '../workspace/workspaceContext';

export function DeploymentDrawer() {
  const t = useText();
  const { id = '' } = useParams();
  const { name } = useWorkspace();
  const deployment = useDeployment(Number(id));
  return (
    <DetailDrawer back=".." title={t('deploy.title', { id })}>
      {deployment.isPending && <Skeleton active />}
      <ProblemAlert error={deployment.error} onRetry={() => void deployment.refetch()} />
      {deployment.data && (
        <>
          <p>
            <InstantText at={deployment.data.deployedAt} precision="second" /> · {deployment.data.deployedBy}
          </p>
          <p className="pre-line">{deployment.data.note}</p>
          <Table
            size="small"
            rowKey="nodeId"
            pagination={false}
            dataSource={deployment.data.nodes}
            columns={[
              {
                title: t('node.name'),
                render: (_, n) => <Link to={`/w/${encodeURIComponent(name)}/studio/nodes/${n.nodeId}?tab=versions`}>{n.nodeName}</Link>,
              },
              { title: t('deploy.before'), render: (_, n) => <VersionText version={n.previousVersion} /> },
              { title: t('deploy.after'), render: (_, n) => <VersionText version={n.version} /> },
            ]}
          />
        </>
      )}
    </DetailDrawer>
  );
}
