import { Tag } from 'antd';

/** A table partition, `ds=2026112210`. */
export function PartitionTag({ partition }: { partition: string }) {
  return (
    <Tag className="mono" color="geekblue" variant="outlined">
      {partition}
    </Tag>
  );
}
