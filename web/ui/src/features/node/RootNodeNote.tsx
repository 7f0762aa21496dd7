import { EmptyState } from '../../components/EmptyState';
import { useText } from '../../i18n/text';

/** Nodes without code say what they are for. */
export function RootNodeNote({ root }: { root: boolean }) {
  const t = useText();
  return (
    <div className="page">
      <EmptyState text={t(root ? 'node.rootNote' : 'node.virtualNote')} />
    </div>
  );
}
