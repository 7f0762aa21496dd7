import { AutoComplete, Collapse, Radio, Select } from 'antd';
import { useDataSources, useTopics } from '../../api/dataSources';
import { FieldRow } from '../../components/FieldRow';
import { ProblemAlert } from '../../components/ProblemAlert';
import { pointerOfPath } from '../../components/scriptText';
import { useText } from '../../i18n/text';
import { authoringEnvironment, useWorkspace } from '../workspace/workspaceContext';
import { ChoiceField, TextField } from './fields';
import { KEY_TYPES, TIME_ZONES } from './choices';
import type { SyncPartProps } from './SyncForm';
import { switchAt, switchValue, textAt } from './syncDocument';

export function SourceForm({ document, put }: SyncPartProps) {
  const t = useText();
  const workspace = useWorkspace();
  const at = (name: string) => [...document.readerPath, name];
  const source = textAt(document, at('datasource'));
  const topic = textAt(document, at('topic'));
  const sources = useDataSources(workspace.name);
  const topics = useTopics(workspace.name, source, authoringEnvironment(workspace));
  const unknownTopic = topics.isSuccess && topic !== '' && !topic.includes('${') && !topics.data.some((x) => x.name === topic);
  const part = { document, put };
  const begin = textAt(document, at('beginType')) || 'specific';
  const end = textAt(document, at('endType')) || 'specific';

  return (
    <div className="form-stack">
      <FieldRow label={t('sync.dataSource')} pointer={pointerOfPath(at('datasource'))} required>
        <Select
          showSearch
          aria-label={t('sync.dataSource')}
          value={source === '' ? undefined : source}
          placeholder={t('sync.chooseKafka')}
          loading={sources.isPending}
          options={(sources.data ?? []).filter((s) => s.type === 'KAFKA').map((s) => ({ value: s.name, label: s.name }))}
          onChange={(name) => put([at('datasource'), name])}
          notFoundContent={t('sync.noKafka')}
        />
      </FieldRow>
      <FieldRow
        label={t('sync.topic')}
        pointer={pointerOfPath(at('topic'))}
        required
        hint={t('sync.topic.hint')}
        error={unknownTopic ? t('sync.topic.unknown') : undefined}
      >
        <Select
          showSearch
          aria-label={t('sync.topic')}
          value={topic === '' ? undefined : topic}
          placeholder={t('sync.chooseTopic')}
          disabled={source === ''}
          loading={topics.isFetching}
          options={(topics.data ?? []).map((x) => ({ value: x.name, label: t('sync.topic.option', { name: x.name, n: x.partitions }) }))}
          onChange={(name) => put([at('topic'), name])}
        />
        <ProblemAlert error={topics.error} onRetry={() => void topics.refetch()} />
      </FieldRow>
      <div className="field-pair">
        <ChoiceField
          {...part}
          path={at('beginType')}
          label={t('sync.readFrom')}
          otherwise="specific"
          options={[
            { value: 'specific', label: t('sync.begin.specific') },
            { value: 'earliest', label: t('sync.begin.earliest') },
            { value: 'current', label: t('sync.begin.current') },
          ]}
        />
        {begin === 'current' && <TextField {...part} path={at('groupId')} label={t('sync.groupId')} hint={t('sync.groupId.hint')} required />}
        {begin === 'specific' && (
          <TextField {...part} path={at('beginDateTime')} label={t('sync.startTime')} hint={t('sync.time.hint')} placeholder="${startTime}" required />
        )}
      </div>
      <div className="field-pair">
        <ChoiceField
          {...part}
          path={at('endType')}
          label={t('sync.readTo')}
          otherwise="specific"
          options={[
            { value: 'specific', label: t('sync.end.specific') },
            { value: 'latest', label: t('sync.end.latest') },
          ]}
        />
        {end === 'specific' && (
          <TextField {...part} path={at('endDateTime')} label={t('sync.endTime')} hint={t('sync.time.hint')} placeholder="${endTime}" required />
        )}
      </div>
      <FieldRow label={t('sync.timeZone')} pointer={pointerOfPath(at('timeZone'))}>
        <AutoComplete
          allowClear
          aria-label={t('sync.timeZone')}
          value={textAt(document, at('timeZone'))}
          placeholder={t('sync.timeZone.default', { zone: workspace.timeZone })}
          options={TIME_ZONES}
          showSearch={{ filterOption: (text, option) => String(option?.value).toLowerCase().includes(text.toLowerCase()) }}
          onChange={(zone: string | undefined) => put([at('timeZone'), zone || undefined])}
        />
      </FieldRow>
      <div className="field-triple">
        <ChoiceField {...part} path={at('keyType')} label={t('sync.keyType')} otherwise="string" options={KEY_TYPES} />
        <ChoiceField {...part} path={at('valueType')} label={t('sync.valueType')} otherwise="string" options={KEY_TYPES} />
        <TextField {...part} path={at('encoding')} label={t('sync.encoding')} placeholder="UTF-8" />
      </div>
      <FieldRow label={t('sync.exit')} pointer={pointerOfPath(at('stopWhenPollEmpty'))}>
        <Radio.Group
          vertical
          value={switchAt(document, at('stopWhenPollEmpty'), false)}
          onChange={(e) => put([at('stopWhenPollEmpty'), switchValue(document, at('stopWhenPollEmpty'), e.target.value as boolean)])}
          options={[
            { value: false, label: t('sync.exit.end') },
            { value: true, label: t('sync.exit.empty') },
          ]}
        />
        {switchAt(document, at('stopWhenPollEmpty'), false) && (
          <div className="field-message field-message-WARNING pre-line">{t('sync.exit.conditions')}</div>
        )}
      </FieldRow>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'advanced',
            label: t('sync.advanced'),
            children: (
              <div className="form-stack">
                {begin !== 'current' && <TextField {...part} path={at('groupId')} label={t('sync.groupId')} hint={t('sync.groupId.hint')} />}
                <ChoiceField
                  {...part}
                  path={at('autoOffsetReset')}
                  label={t('sync.reset')}
                  hint={t('sync.reset.hint')}
                  otherwise="none"
                  options={[
                    { value: 'none', label: t('sync.reset.none') },
                    { value: 'earliest', label: t('sync.reset.earliest') },
                    { value: 'latest', label: t('sync.reset.latest') },
                  ]}
                />
                <TextField {...part} path={at('allowedLateness')} label={t('sync.lateness')} hint={t('sync.lateness.hint')} placeholder="PT1H" />
                <ChoiceField
                  {...part}
                  path={at('latePolicy')}
                  label={t('sync.latePolicy')}
                  hint={t('sync.latePolicy.hint')}
                  otherwise="report"
                  options={[
                    { value: 'report', label: t('sync.latePolicy.report') },
                    { value: 'repair', label: t('sync.latePolicy.repair') },
                    { value: 'include', label: t('sync.latePolicy.include') },
                  ]}
                />
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
