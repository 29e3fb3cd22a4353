// What TikTok received, parameter by parameter, and what it did not receive.
import { visible } from '../../../cli/visible';
import type { Field } from '../../api';

interface Props {
  readonly fields: readonly Field[];
}

export function Arrived({ event, fields }: Props & { readonly event: string }) {
  return (
    <table class="received">
      <caption class="hidden">What arrived of {visible(event)}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">What arrived</th>
        </tr>
      </thead>
      {groupsOf(fields).map(([group, members]) => (
        <tbody key={group}>
          {group !== '' && (
            <tr>
              <th scope="rowgroup" colSpan={2} class="group">
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

/** Parameters that had a value which could not be sent. */
export function LeftOut({ fields }: Props) {
  if (fields.length === 0) return null;
  return (
    <>
      <h4>Left out</h4>
      <ul class="left-out">
        {fields.map(({ parameter, description, source, reason }) => (
          <li key={parameter}>
            <code>{visible(parameter)}</code>
            <span>
              <code class="muted">{visible(source)}</code> is {reason}.{' '}
              <span class="muted">
                <Description text={description} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Parameters that no source had a value for. */
export function Absent({ fields }: Props) {
  if (fields.length === 0) return null;
  return (
    <details>
      <summary>
        {fields.length} {fields.length === 1 ? 'parameter' : 'parameters'} had no value
      </summary>
      <ul class="left-out">
        {fields.map(({ parameter, description, source }) => (
          <li key={parameter}>
            <code>{visible(parameter)}</code>
            <span>
              <Description text={description} />{' '}
              <span class="source muted">
                Looked in <code>{visible(source)}</code>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
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

/** What a parameter is; text between backticks is code. */
function Description({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}

function FieldRow({
  field: { parameter, description, state, source, value = '', reason },
}: {
  readonly field: Field;
}) {
  return (
    <tr>
      <th scope="row">
        <code>{visible(namesOf(parameter)[1])}</code>
      </th>
      <td>
        <span class="value">
          <code>{visible(shorten(value))}</code>
          {state === 'hashed' && <span class="chip"># hashed</span>}
        </span>
        <span class="about muted">
          {reason !== undefined && <span class="reason">{reason}</span>}
          <Description text={description} />{' '}
          <span class="source">
            From <code>{visible(source)}</code>
          </span>
        </span>
      </td>
    </tr>
  );
}

/** Only the beginning of a hash; strings without their quotes. */
const shorten = (value: string): string =>
  value
    .replace(/^"(.*)"$/s, '$1')
    .replace(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 10)}…`)
    .replace(/^\["(.*)"\]$/s, '$1')
    .replaceAll('","', ', ');
