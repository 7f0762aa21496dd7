import { Spin } from 'antd';
import { useParams } from 'react-router';
import { useNode, useSavedDraft } from '../../api/nodes';
import { NotFoundPage } from '../../app/NotFoundPage';
import { ProblemAlert } from '../../components/ProblemAlert';
import { statusOf } from '../../api/problem';
import { NodeEditor } from './NodeEditor';

/** One node in DataStudio. */
export function NodePage() {
  const { node: text = '' } = useParams();
  const id = Number(text);
  const node = useNode(id);
  const draft = useSavedDraft(id);
  const error = node.error ?? draft.error;
  if (statusOf(error) === 404) return <NotFoundPage />;
  if (error) {
    return (
      <div className="page">
        <ProblemAlert
          error={error}
          onRetry={() => {
            void node.refetch();
            void draft.refetch();
          }}
        />
      </div>
    );
  }
  if (!node.data || !draft.data) return <Spin className="page-spin" />;
  return <NodeEditor key={id} node={node.data} saved={draft.data} />;
}
