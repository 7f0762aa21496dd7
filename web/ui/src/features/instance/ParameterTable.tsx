import type { InstanceDetail } from '../../api/types';
import { useText } from '../../i18n/text';

/** Expression and value side by side, as the instance was generated with. */
export function ParameterTable({ parameters }: { parameters: InstanceDetail['parameters'] }) {
  const t = useText();
  if (parameters.length === 0) return null;
  return (
    <section>
      <h3>{t('rail.parameters')}</h3>
      <table className="parameter-table">
        <tbody>
          {parameters.map((p) => (
            <tr key={p.name}>
              <th className="mono">{p.name}</th>
              <td>
                {p.expression !== null && <div className="mono muted">{p.expression}</div>}
                <div className="mono">
                  <span aria-hidden>→ </span>
                  {p.value}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
