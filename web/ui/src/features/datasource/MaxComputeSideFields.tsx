import { Input } from 'antd';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';
import type { MaxComputeForm } from './sideForm';

interface Props {
  form: MaxComputeForm;
  pointer: string;
  onChange: (form: MaxComputeForm) => void;
}

export function MaxComputeSideFields({ form, pointer, onChange }: Props) {
  const t = useText();
  return (
    <div className="form-stack">
      <FieldRow label={t('source.endpoint')} pointer={`${pointer}/endpoint`} required>
        <Input
          className="mono"
          placeholder="http://service.cn-shanghai.maxcompute.aliyun.com/api"
          value={form.endpoint}
          onChange={(e) => onChange({ ...form, endpoint: e.target.value })}
        />
      </FieldRow>
      <FieldRow label={t('source.project')} pointer={`${pointer}/project`} required>
        <Input className="mono" value={form.project} onChange={(e) => onChange({ ...form, project: e.target.value })} />
      </FieldRow>
      <FieldRow label={t('source.accessId')} pointer={`${pointer}/accessId`} required>
        <Input className="mono" autoComplete="off" value={form.accessId} onChange={(e) => onChange({ ...form, accessId: e.target.value })} />
      </FieldRow>
      <FieldRow label={t('source.accessKey')} pointer={`${pointer}/accessKey`} required hint={t('source.secret.hint')}>
        <Input.Password
          autoComplete="new-password"
          value={form.accessKey}
          placeholder={form.keyStored ? t('source.secretStored') : ''}
          onChange={(e) => onChange({ ...form, accessKey: e.target.value })}
        />
      </FieldRow>
      <FieldRow label={t('source.tunnel')} pointer={`${pointer}/tunnelEndpoint`} hint={t('source.tunnel.hint')}>
        <Input className="mono" value={form.tunnelEndpoint} onChange={(e) => onChange({ ...form, tunnelEndpoint: e.target.value })} />
      </FieldRow>
    </div>
  );
}
