import { Input, Modal, type InputRef } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useNodes } from '../api/nodes';
import { useText, type MessageKey } from '../i18n/text';

interface Entry {
  key: string;
  label: string;
  kind: string;
  to: string;
}

const PAGES: [string, MessageKey][] = [
  ['studio', 'nav.studio'],
  ['deployments', 'nav.deployments'],
  ['ops', 'nav.overview'],
  ['ops/instances', 'nav.instances'],
  ['ops/backfills', 'nav.backfills'],
  ['ops/nodes', 'nav.nodes'],
  ['ops/groups', 'nav.groups'],
  ['sources', 'nav.sources'],
  ['settings', 'nav.settings'],
];

/** Ctrl-K: go to a node or a page by typing a part of its name. */
export function CommandPalette({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const nodes = useNodes(workspace);
  const input = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => input.current?.focus(), []);

  const base = `/w/${encodeURIComponent(workspace)}`;
  const entries: Entry[] = [
    ...(nodes.data ?? []).map((n) => ({ key: `n${n.id}`, label: n.name, kind: t(`nodeType.${n.type}`), to: `${base}/studio/nodes/${n.id}` })),
    ...PAGES.map(([path, key]) => ({ key: path, label: t(key), kind: t('palette.page'), to: `${base}/${path}` })),
  ];
  const found = entries.filter((e) => e.label.toLowerCase().includes(text.trim().toLowerCase())).slice(0, 12);

  const open = (entry: Entry | undefined) => {
    if (!entry) return;
    void navigate(entry.to);
    onClose();
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((i) => Math.min(i + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt((i) => Math.max(i - 1, 0));
    else if (event.key === 'Enter') open(found[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width={560} style={{ top: 80 }}>
      <Input
        ref={input}
        size="large"
        variant="borderless"
        placeholder={t('palette.placeholder')}
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      <ul className="palette-list" role="listbox">
        {found.map((entry, i) => (
          <li key={entry.key} role="option" aria-selected={i === at}>
            <button type="button" className={i === at ? 'palette-active' : ''} onMouseEnter={() => setAt(i)} onClick={() => open(entry)}>
              <span>{entry.label}</span>
              <span className="muted">{entry.kind}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="muted palette-none">{t('palette.none')}</li>}
      </ul>
    </Modal>
  );
}
