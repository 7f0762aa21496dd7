import { ApartmentOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useNodes } from '../../api/nodes';
import type { Node, NodeDocument } from '../../api/types';
import { FieldFindings, FieldRow } from '../../components/FieldRow';
import { useFindingsAt } from '../../components/findings';
import { useText } from '../../i18n/text';
import type { DraftEditor } from '../node/useDraftEditor';
import { useWorkspace } from '../workspace/workspaceContext';

type Dependency = NodeDocument['dependencies'][number];

/** Parents by the name of their output, and the outputs of this node. */
export function DependenciesPanel({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const { name: workspace } = useWorkspace();
  const nodes = useNodes(workspace);
  const { dependencies, outputs } = editor.document;
  const [output, setOutput] = useState('');
  const general = useFindingsAt('/dependencies');
  const outputOf = (n: Node) => `${workspace}.${n.name}`;
  const root = nodes.data?.find((n) => n.root);
  const others = (nodes.data ?? []).filter((n) => n.id !== node.id && !dependencies.some((d) => d.output === outputOf(n)));
  const set = (next: Dependency[]) => editor.change({ dependencies: next });
  const add = (name: string) =>
    name !== '' && !dependencies.some((d) => d.output === name) && set([...dependencies, { output: name, kind: 'SAME_CYCLE' }]);
  const hasRoot = root !== undefined && dependencies.some((d) => d.output === outputOf(root));

  if (node.root) return <p className="muted">{t('dependencies.rootNode')}</p>;
  return (
    <div className="form-stack">
      <h3>{t('dependencies.parents')}</h3>
      <FieldFindings findings={general} />
      {dependencies.length === 0 && <div className="muted">{t('dependencies.none')}</div>}
      <ul className="dependency-list">
        {dependencies.map((dependency, i) => (
          <DependencyLine
            key={dependency.output}
            index={i}
            dependency={dependency}
            parent={nodes.data?.find((n) => outputOf(n) === dependency.output)}
            onRemove={() => set(dependencies.filter((_, j) => j !== i))}
          />
        ))}
      </ul>
      <Select
        showSearch
        value={null}
        placeholder={t('dependencies.add')}
        aria-label={t('dependencies.add')}
        options={others.map((n) => ({ value: outputOf(n), label: outputOf(n) }))}
        onChange={(name: string | null) => name && add(name)}
      />
      <Button
        icon={<ApartmentOutlined />}
        disabled={hasRoot || !root}
        title={hasRoot ? t('dependencies.hasRoot') : undefined}
        onClick={() => root && add(outputOf(root))}
      >
        {t('dependencies.addRoot')}
      </Button>
      <FieldRow label={t('dependencies.outputs')} pointer="/outputs" below hint={t('dependencies.outputs.hint')}>
        <div className="tag-list">
          <Tag className="mono">{outputOf(node)}</Tag>
          {outputs.map((name) => (
            <Tag key={name} className="mono" closable onClose={() => editor.change({ outputs: outputs.filter((o) => o !== name) })}>
              {name}
            </Tag>
          ))}
        </div>
        <Input.Search
          value={output}
          placeholder={`${workspace}.table`}
          enterButton={t('common.add')}
          onChange={(e) => setOutput(e.target.value)}
          onSearch={(name) => {
            const text = name.trim();
            if (text === '' || outputs.includes(text)) return;
            editor.change({ outputs: [...outputs, text] });
            setOutput('');
          }}
        />
      </FieldRow>
    </div>
  );
}

interface LineProps {
  index: number;
  dependency: Dependency;
  parent: Node | undefined;
  onRemove: () => void;
}

function DependencyLine({ index, dependency, parent, onRemove }: LineProps) {
  const t = useText();
  const { name: workspace } = useWorkspace();
  const findings = useFindingsAt(`/dependencies/${index}`, true);
  return (
    <li>
      <div className="dependency-head">
        {parent ? (
          <Link className="mono" to={`/w/${encodeURIComponent(workspace)}/studio/nodes/${parent.id}`}>
            {dependency.output}
          </Link>
        ) : (
          <span className="mono">{dependency.output}</span>
        )}
        <Tag>{t(`dependency.${dependency.kind}`)}</Tag>
        <span className="spacer" />
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('dependencies.remove', { name: dependency.output })} onClick={onRemove} />
      </div>
      {parent && parent.committedVersion === null && <div className="field-message field-message-WARNING">{t('dependencies.notCommitted')}</div>}
      <FieldFindings findings={findings} />
    </li>
  );
}
