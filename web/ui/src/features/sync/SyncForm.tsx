import type { Node } from '../../api/types';
import { useText } from '../../i18n/text';
import { FindingList } from '../../components/FindingList';
import { useAllFindings } from '../../components/findings';
import { ChannelForm } from './ChannelForm';
import { DestinationForm } from './DestinationForm';
import { MappingForm } from './MappingForm';
import { SourceForm } from './SourceForm';
import { unplacedFindings } from './unplacedFindings';
import { replaceAll, type SyncDocument } from './syncDocument';
import type { JsonPath } from '../../components/scriptText';

export interface SyncPartProps {
  document: SyncDocument;
  /** Replaces single values of the script; `undefined` removes one. */
  put: (...changes: [JsonPath, unknown][]) => void;
}

interface Props {
  node: Node;
  document: SyncDocument;
  onChange: (code: string) => void;
}

/** The form of a batch synchronization node: a view of its script. */
export function SyncForm({ node, document, onChange }: Props) {
  const t = useText();
  const unplaced = unplacedFindings(useAllFindings(), document);
  const put: SyncPartProps['put'] = (...changes) => onChange(replaceAll(document, changes));
  return (
    <div className="sync-form" aria-label={node.name}>
      {unplaced.length > 0 && <FindingList findings={unplaced} />}
      <div className="sync-connections">
        <section>
          <h2>{t('sync.source')}</h2>
          <SourceForm document={document} put={put} />
        </section>
        <span className="sync-arrow" aria-hidden>
          →
        </span>
        <section>
          <h2>{t('sync.destination')}</h2>
          <DestinationForm document={document} put={put} />
        </section>
      </div>
      <section>
        <h2>{t('sync.mapping')}</h2>
        <MappingForm document={document} put={put} />
      </section>
      <section>
        <h2>{t('sync.channel')}</h2>
        <ChannelForm document={document} put={put} />
      </section>
    </div>
  );
}
