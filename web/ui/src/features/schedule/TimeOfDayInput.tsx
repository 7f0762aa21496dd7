import { TimePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';

dayjs.extend(customParseFormat);

interface Props {
  value: string | undefined;
  label: string;
  onChange: (value: string) => void;
}

/** A wall-clock time, `00:15`. */
export function TimeOfDayInput({ value, label, onChange }: Props) {
  return (
    <TimePicker
      aria-label={label}
      format="HH:mm"
      allowClear={false}
      needConfirm={false}
      value={value ? dayjs(value, 'HH:mm') : null}
      onChange={(time) => time && onChange(time.format('HH:mm'))}
    />
  );
}
