import Icon from '@ant-design/icons';

function Snowflake() {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
      <path d="M8 1.5v13M2.4 4.7l11.2 6.6M2.4 11.3l11.2-6.6M6 2.6l2 1.6 2-1.6M6 13.4l2-1.6 2 1.6" />
    </svg>
  );
}

export function SnowflakeIcon() {
  return <Icon component={Snowflake} />;
}
