// A TikTok event that TikTok got: parameter by parameter, and which parameters had no value.
import { visible } from '../../../cli/visible';
import { countOf } from '../../../report/count';
import type { Conversion, Field } from '../../api';
import { shorten } from '../../words';
import { Badge } from '../common/outcome';
import { Code, utcOf } from '../common/text';

/** How each way to be counted looks. */
const COUNTED = {
  counted: { mark: '✔', tone: 'good', text: 'Counted' },
  again: { mark: '=', tone: 'quiet', text: 'Already received, counted once' },
  'not counted': { mark: '✘', tone: 'bad', text: 'Not counted' },
} as const;

interface Props {
  /** The Segment event's. */
  readonly name: string;
  readonly conversion: Conversion;
  readonly isPreview: boolean;
}

export function ConversionView({ name, conversion: { event, counted, matches, fields }, isPreview }: Props) {
  return (
    <section class="conversion" aria-label={`${visible(name)} → ${visible(event)}`}>
      <p class="row">
        <strong>{visible(event)}</strong> {!isPreview && <Badge {...COUNTED[counted]} />}
        <span class="muted small">can match on {matches.join(', ')}</span>
      </p>
      <Arrived event={event} fields={fields.filter(({ state }) => state === 'hashed' || state === 'sent')} />
      <Absent fields={fields.filter(({ state }) => state === 'absent')} />
    </section>
  );
}

interface FieldsProps {
  readonly fields: readonly Field[];
}

function Arrived({ event, fields }: FieldsProps & { readonly event: string }) {
  return (
    <table class="parameters tall">
      <caption class="hidden">What arrived of {visible(event)}</caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      {groupsOf(fields).map(([group, members]) => (
        <tbody key={group}>
          {group !== '' && (
            <tr>
              <th scope="rowgroup" colSpan={3} class="group">
                <code>{visible(group)}</code>
              </th>
            </tr>
          )}
          {members.map((field) => (
            <FieldRow key={field.parameter} field={field} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Parameters that no source had a value for. */
function Absent({ fields }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <details>
      <summary>{countOf(fields.length, 'parameter')} had no value</summary>
      <dl class="absent">
        {fields.map(({ parameter, description, source }) => (
          <div key={parameter}>
            <dt>
              <code>{visible(parameter)}</code>
            </dt>
            <dd>
              <Description text={description} />{' '}
              <span class="muted">
                Looked in <Code text={source} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What a parameter is; text between backticks is code. */
function Description({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}

/** A parameter's group, and its name in the group: what is before and after the last dot. */
const namesOf = (parameter: string): readonly [group: string, name: string] => {
  const at = parameter.lastIndexOf('.');
  return [parameter.slice(0, Math.max(at, 0)), parameter.slice(at + 1)];
};

/** The fields by group; the groups are in the order of their first fields. */
function groupsOf(fields: readonly Field[]): readonly (readonly [string, readonly Field[]])[] {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const [group] = namesOf(field.parameter);
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return [...groups];
}

function FieldRow({
  field: { parameter, description, state, source, value = '', reason },
}: {
  readonly field: Field;
}) {
  return (
    <tr>
      <th scope="row" title={description.replaceAll('`', '')}>
        <Code text={namesOf(parameter)[1]} />
      </th>
      <td>
        {parameter === 'event_time' && <span>{utcOf(Number(value))} </span>}
        {state === 'hashed' ? (
          shorten(value)
            .split(', ')
            .map((hash) => (
              <code key={hash} class="hash">
                {visible(hash)}
              </code>
            ))
        ) : (
          <Code text={shorten(value)} class={parameter === 'event_time' ? 'muted' : ''} />
        )}
        {state === 'hashed' && <span class="chip"># hashed</span>}
        {reason !== undefined && <small class="block tone wait">{visible(reason)}</small>}
      </td>
      <td class="muted">
        <Code text={source} />
      </td>
    </tr>
  );
}
