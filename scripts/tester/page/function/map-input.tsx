// The input for a setting of keys and values, such as Event Mappings.
import { visible } from '../../../cli/visible';
import { useDraft } from './draft';
import { About, describedBy, type InputProps } from './setting-inputs';

type Row = readonly [key: string, value: string];

const isBlank = ([key]: Row): boolean => key.trim() === '';

/** A key in the form in which the function compares keys. */
const keyOf = ([key]: Row): string => key.trim().toLowerCase();

/** The number of the earlier entry with the same key, counted from 1; 0 if there is none. */
const twinOf = (rows: readonly Row[], row: Row, index: number): number =>
  isBlank(row) ? 0 : rows.slice(0, index).findIndex((one) => keyOf(one) === keyOf(row)) + 1;

export function MapInput({ setting, value, change, refuse, notes }: InputProps) {
  const saved: readonly Row[] = typeof value === 'object' ? Object.entries(value) : [];
  const { shown: rows, edit, send, leave } = useDraft(saved);
  const columns = setting.description.replace(/\..*$/s, '').split(' → ');

  const save = (all: readonly Row[]) => {
    if (all.some((row, index) => twinOf(all, row, index) > 0)) {
      edit(all);
      refuse(`Not saved: ${setting.label} has the same key twice.`);
      return;
    }
    // An entry without a key is still being edited.
    (all.some(isBlank) ? edit : send)(all);
    change(Object.fromEntries(all.filter((row) => !isBlank(row))));
  };

  return (
    <fieldset
      class="setting map"
      aria-describedby={describedBy(setting)}
      onFocusOut={() => {
        if (JSON.stringify(rows) === JSON.stringify(saved)) leave();
      }}
    >
      <legend>{setting.label}</legend>
      <About setting={setting} />
      {rows.map((row, index) => {
        const twin = twinOf(rows, row, index);
        const note = notes.get(row[0]);
        const flaw = `flaw-${setting.name}-${index}`;
        return (
          <div class="row" key={index}>
            {columns.map((label, side) => (
              <input
                key={label}
                type="text"
                class="code"
                autocomplete="off"
                spellcheck={false}
                placeholder={label}
                aria-label={`${setting.label}, entry ${index + 1}: ${label}`}
                value={row[side] ?? ''}
                {...(side === 0 && twin > 0 && { 'aria-invalid': true, 'aria-describedby': flaw })}
                onInput={({ currentTarget }) => {
                  const [key, text] = row;
                  const changed: Row = side === 0 ? [currentTarget.value, text] : [key, currentTarget.value];
                  edit(rows.with(index, changed));
                }}
                onChange={() => {
                  save(rows);
                }}
              />
            ))}
            <button
              type="button"
              class="icon"
              aria-label={`Remove entry ${index + 1} of ${setting.label}`}
              onClick={() => {
                save(rows.toSpliced(index, 1));
              }}
            >
              <span aria-hidden="true">✕</span>
            </button>
            {note !== undefined && twin === 0 && (
              <small class={`note ${note.isMatch ? 'match' : 'muted'}`}>
                <span aria-hidden="true">{note.isMatch ? '✔' : '–'}</span> {visible(note.note)}
              </small>
            )}
            {twin > 0 && (
              <small id={flaw} class="flaw">
                Entry {twin} has the same key. Change or remove one of the two: until then, {setting.label} is
                not saved.
              </small>
            )}
          </div>
        );
      })}
      <button
        type="button"
        onClick={() => {
          edit([...rows, ['', '']]);
        }}
      >
        Add an entry<span class="hidden"> to {setting.label}</span>
      </button>
    </fieldset>
  );
}
