import { Link } from 'react-router';
import type { InstanceDetail } from '../../api/types';
import { StateTag } from '../../components/StateTag';
import { useWorkspace } from '../workspace/workspaceContext';

type Relative = NonNullable<InstanceDetail['parents']>[number];

/** Instances before or after this one, with their states. */
export function Relatives({ title, relatives }: { title: string; relatives: Relative[] }) {
  const { name } = useWorkspace();
  if (relatives.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="relatives">
        {relatives.map((relative) => (
          <li key={relative.id}>
            <Link to={`/w/${encodeURIComponent(name)}/ops/instances/${relative.id}`}>{relative.nodeName}</Link>
            <span className="muted nowrap">{relative.scheduledLocal.replace('T', ' ').slice(0, 16)}</span>
            <StateTag state={relative.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
