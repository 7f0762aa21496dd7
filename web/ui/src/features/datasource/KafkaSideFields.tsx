import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input } from 'antd';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';
import { isSecret, type KafkaForm, type PropertyRow } from './sideForm';

interface Props {
  form: KafkaForm;
  pointer: string;
  onChange: (form: KafkaForm) => void;
}

const KNOWN = ['security.protocol', 'sasl.mechanism', 'sasl.jaas.config', 'ssl.truststore.location', 'ssl.truststore.password', 'ssl.truststore.type'];

export function KafkaSideFields({ form, pointer, onChange }: Props) {
  const t = useText();
  const set = (i: number, part: Partial<PropertyRow>) =>
    onChange({ ...form, properties: form.properties.map((p, j) => (j === i ? { ...p, ...part } : p)) });
  return (
    <div className="form-stack">
      <FieldRow label={t('source.bootstrap')} pointer={`${pointer}/bootstrapServers`} required hint={t('source.bootstrap.hint')}>
        <Input
          className="mono"
          placeholder="127.0.0.1:9092"
          value={form.bootstrapServers}
          onChange={(e) => onChange({ ...form, bootstrapServers: e.target.value })}
        />
      </FieldRow>
      <FieldRow label={t('source.properties')} pointer={`${pointer}/properties`} below hint={t('source.properties.hint')}>
        <div className="form-stack tight">
          {form.properties.map((p, i) => (
            // A name is typed letter by letter and is no identity while it is.
            // eslint-disable-next-line react/no-array-index-key
            <div key={i} className="property-row">
              <AutoComplete
                className="mono"
                aria-label={t('source.propertyName')}
                value={p.name}
                options={KNOWN.map((value) => ({ value }))}
                onChange={(name: string) => set(i, { name, stored: false })}
              />
              {isSecret(p.name) ? (
                <Input.Password
                  autoComplete="new-password"
                  aria-label={p.name}
                  value={p.value}
                  placeholder={p.stored ? t('source.secretStored') : ''}
                  onChange={(e) => set(i, { value: e.target.value })}
                />
              ) : (
                <Input className="mono" aria-label={p.name} value={p.value} onChange={(e) => set(i, { value: e.target.value })} />
              )}
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('source.removeProperty', { name: p.name })}
                onClick={() => onChange({ ...form, properties: form.properties.filter((_, j) => j !== i) })}
              />
            </div>
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange({ ...form, properties: [...form.properties, { name: '', value: '', stored: false }] })}
          >
            {t('source.addProperty')}
          </Button>
        </div>
      </FieldRow>
    </div>
  );
}
