import { Alert } from 'antd';
import { Link } from 'react-router';
import { useIsolatedNodes } from '../../api/deployments';
import { useText } from '../../i18n/text';

/** Deployed nodes that hang on nothing, or on something that is not there; nothing when there is none. */
export function IsolatedNodes({ workspace }: { workspace: string }) {
  const t = useText();
  const isolated = useIsolatedNodes(workspace);
  if (!isolated.data || isolated.data.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('isolated.title')}
      description={
        <ul className="plain-list">
          {isolated.data.map(({ nodeId, nodeName, reason, parent }) => (
            <li key={`${nodeId} ${reason} ${parent}`}>
              <Link to={`/w/${encodeURIComponent(workspace)}/studio/nodes/${nodeId}`}>
                {t(`isolated.${reason}`, { node: nodeName, parent: parent ?? '' })}
              </Link>
            </li>
          ))}
        </ul>
      }
    />
  );
}
