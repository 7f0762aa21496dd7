import { ApiOutlined, ConsoleSqlOutlined, SwapRightOutlined } from '@ant-design/icons';
import type { NodeType } from '../../api/types';

export function NodeIcon({ type }: { type: NodeType }) {
  switch (type) {
    case 'BATCH_SYNC':
      return <SwapRightOutlined className="node-icon-sync" />;
    case 'MAXCOMPUTE_SQL':
      return <ConsoleSqlOutlined className="node-icon-sql" />;
    case 'VIRTUAL':
      return <ApiOutlined className="node-icon-virtual" />;
  }
}
