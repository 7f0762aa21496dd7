import { DeleteOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useSchedulePreview } from '../../api/nodes';
import type { Node, ParameterAssignment, Preview } from '../../api/types';
import { FieldFindings } from '../../components/FieldRow';
import { useFindingsAt } from '../../components/findings';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import type { DraftEditor } from '../node/useDraftEditor';
import { looksLikeMonths, parameterProblems, RECIPES, unassigned, withRecipe, type ParameterProblem } from './placeholders';

type PreviewedParameter = Preview['items'][number]['parameters'][number];

/** Expression and value side by side, for one of the coming scheduled times. */
export function ParametersPanel({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const { parameters, code } = editor.document;
  const preview = useSchedulePreview(node.id, useDeferredValue(editor.document), 20);
  const [chosen, setChosen] = useState<string | null>(null);
  const items = preview.data?.items ?? [];
  const shown = items.find((item) => item.scheduledTime === chosen) ?? items[0];
  const problems = parameterProblems(parameters);
  const missing = unassigned(code, parameters);
  const set = (next: ParameterAssignment[]) => editor.change({ parameters: next });

  return (
    <div className="form-stack">
      <div className="parameter-preview">
        <span className="muted">{t('parameters.previewAt')}</span>
        <Select
          size="small"
          aria-label={t('parameters.previewAt')}
          value={shown?.scheduledTime ?? null}
          loading={preview.isFetching}
          onChange={(value: string | null) => setChosen(value)}
          options={items.map((item) => ({
            value: item.scheduledTime,
            label: formatInstant(item.scheduledTime, preview.data?.timeZone ?? 'UTC'),
          }))}
        />
      </div>
      <div className="parameter-list">
        {parameters.map((parameter, i) => (
          <ParameterLine
            // The order is part of the document and names may be typed twice: the position is the identity.
            // eslint-disable-next-line react/no-array-index-key
            key={i}
            index={i}
            parameter={parameter}
            problem={problems[i]}
            value={shown?.parameters.find((p) => p.name === parameter.name && p.expression === parameter.expression)}
            onChange={(next) => set(parameters.map((p, j) => (j === i ? next : p)))}
            onRemove={() => set(parameters.filter((_, j) => j !== i))}
          />
        ))}
      </div>
      {parameters.length === 0 && <div className="muted">{t('parameters.empty')}</div>}
      {missing.length > 0 && (
        <div className="field-message field-message-WARNING">
          {t('parameters.missing', { names: missing.map((name) => `\${${name}}`).join(', ') })}{' '}
          <button type="button" className="link-button" onClick={() => set([...parameters, ...missing.map((name) => ({ name, expression: '' }))])}>
            {t('parameters.addMissing')}
          </button>
        </div>
      )}
      <div className="inline-controls">
        <Button size="small" icon={<PlusOutlined />} onClick={() => set([...parameters, { name: '', expression: '' }])}>
          {t('parameters.add')}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: RECIPES.map((recipe) => ({ key: recipe.key, label: t(`parameters.recipe.${recipe.key}`) })),
            onClick: ({ key }) => {
              const recipe = RECIPES.find((r) => r.key === key);
              if (recipe) set(withRecipe(parameters, recipe));
            },
          }}
        >
          <Button size="small">
            {t('parameters.recipes')} <DownOutlined />
          </Button>
        </Dropdown>
      </div>
      <ProblemAlert error={preview.error} />
      <p className="muted pre-line">{t('parameters.help')}</p>
    </div>
  );
}

interface LineProps {
  index: number;
  parameter: ParameterAssignment;
  problem: ParameterProblem | undefined;
  value: PreviewedParameter | undefined;
  onChange: (parameter: ParameterAssignment) => void;
  onRemove: () => void;
}

function ParameterLine({ index, parameter, problem, value, onChange, onRemove }: LineProps) {
  const t = useText();
  const findings = useFindingsAt(`/parameters/${index}`, true);
  const error = value?.error ?? null;
  return (
    <div className="parameter-line" data-pointer={`/parameters/${index}`}>
      <Input
        className="mono parameter-name"
        aria-label={t('parameters.name')}
        placeholder={t('parameters.name')}
        value={parameter.name}
        status={problem && problem !== 'space' ? 'error' : ''}
        onChange={(e) => onChange({ ...parameter, name: e.target.value })}
      />
      <Input
        className="mono"
        aria-label={t('parameters.expression')}
        placeholder="$[yyyymmddhh24-1/24]"
        value={parameter.expression}
        status={error !== null || problem === 'space' ? 'error' : ''}
        onChange={(e) => onChange({ ...parameter, expression: e.target.value })}
      />
      <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('parameters.remove', { name: parameter.name })} onClick={onRemove} />
      <div className="parameter-value">
        <span aria-hidden>→</span>
        <span className="mono">{value?.value ?? '…'}</span>
      </div>
      <div className="parameter-notes">
        {problem && <div className="field-message field-message-ERROR">{t(`parameters.problem.${problem}`)}</div>}
        {error !== null && <pre className="field-message field-message-ERROR mono">{error}</pre>}
        {looksLikeMonths(parameter.expression) && <div className="field-message field-message-WARNING">{t('parameters.notMonths')}</div>}
        {error === null && <FieldFindings findings={findings} />}
      </div>
    </div>
  );
}
