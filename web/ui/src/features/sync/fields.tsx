import { Input, Select } from 'antd';
import { FieldRow } from '../../components/FieldRow';
import { pointerOfPath, type JsonPath } from '../../components/scriptText';
import type { SyncPartProps } from './SyncForm';
import { textAt } from './syncDocument';

interface FieldProps extends SyncPartProps {
  path: JsonPath;
  label: string;
  hint?: string;
  required?: boolean;
  placeholder?: string;
}

/** A text value of the script. An optional one that is emptied is taken out of the script. */
export function TextField({ document, put, path, label, hint, required = false, placeholder }: FieldProps) {
  return (
    <FieldRow label={label} pointer={pointerOfPath(path)} required={required} {...(hint === undefined ? {} : { hint })}>
      <Input
        value={textAt(document, path)}
        placeholder={placeholder}
        aria-label={label}
        onChange={(e) => put([path, e.target.value === '' && !required ? undefined : e.target.value])}
      />
    </FieldRow>
  );
}

interface ChoiceProps extends FieldProps {
  options: { value: string; label: string }[];
  /** What holds when the script says nothing. */
  otherwise: string;
}

/** One of several values; a value of the script that is not among them stays and is shown as it stands. */
export function ChoiceField({ document, put, path, label, hint, options, otherwise }: ChoiceProps) {
  const value = textAt(document, path) || otherwise;
  const known = options.find((o) => o.value.toLowerCase() === value.toLowerCase());
  return (
    <FieldRow label={label} pointer={pointerOfPath(path)} {...(hint === undefined ? {} : { hint })}>
      <Select
        aria-label={label}
        value={known?.value ?? value}
        options={known ? options : [...options, { value, label: value }]}
        onChange={(next) => put([path, next])}
      />
    </FieldRow>
  );
}
