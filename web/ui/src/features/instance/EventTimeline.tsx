import { Timeline } from 'antd';
import type { InstanceEvent, InstanceState } from '../../api/types';
import { InstantText } from '../../components/InstantText';
import { StateTag } from '../../components/StateTag';
import { catalogue } from '../../i18n/catalogue';
import { useText, type MessageKey, type Translate } from '../../i18n/text';

const COLORS: Record<InstanceState, string> = {
  NOT_RUN: 'gray',
  WAIT_TIME: '#d48806',
  WAIT_RESOURCE: '#d48806',
  RUNNING: 'blue',
  SUCCESS: 'green',
  FAILED: 'red',
};

/** The name of the event in words; one that this page does not know yet stays as it is. */
function causeText(cause: string, t: Translate): string {
  const key = `cause.${cause}`;
  return key in catalogue ? t(key as MessageKey) : cause;
}

/** Every transition: when, to what, why and by whom. */
export function EventTimeline({ events }: { events: InstanceEvent[] }) {
  const t = useText();
  return (
    <section>
      <h3>{t('events.title')}</h3>
      <Timeline
        items={events.toReversed().map((event) => ({
          key: event.id,
          color: COLORS[event.toState],
          content: (
            <div className="event">
              <div className="event-head">
                <StateTag state={event.toState} />
                <InstantText at={event.at} precision="milli" />
              </div>
              <div className="pre-line">{causeText(event.cause, t)}</div>
              {event.detail && <div className="muted pre-line">{event.detail}</div>}
              {event.by && <div className="muted">{event.by}</div>}
            </div>
          ),
        }))}
      />
    </section>
  );
}
