// The input for a setting of keys and values, such as Event Mappings: a row for each entry.
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { useDraft } from './draft';
import { sentenceOf, type InputProps } from './setting-inputs';

type Row = readonly [key: string, value: string];

const isBlank = ([key]: Row): boolean => key.trim() === '';

/** A key in the form in which the function compares keys. */
const keyOf = ([key]: Row): string => key.trim().toLowerCase();

/** The number of the earlier entry with the same key, counted from 1; 0 if there is none. */
const twinOf = (rows: readonly Row[], row: Row, index: number): number =>
  isBlank(row) ? 0 : rows.slice(0, index).findIndex((one) => keyOf(one) === keyOf(row)) + 1;

/** What an entry can say. */
const HINTS: Readonly<Record<string, string>> = {
  eventMappings:
    'Several TikTok events are separated by commas. A condition is optional: Purchase if properties.channel = "store".',
  parameterMappings:
    'The first source with a usable value counts: properties.net ?? properties.total. A fixed value has quotes: "EUR".',
};

/** An entry without a key is still being edited. */
const mapOf = (rows: readonly Row[]): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.filter((row) => !isBlank(row)));

/** The end of a field's name, by its side; the offers for it have the same. */
const SIDES = ['key', 'value'] as const;

export function MapInput({ setting, value, change, preview, problems, notes, offers }: InputProps) {
  const { name, label, description } = setting;
  const saved: readonly Row[] = typeof value === 'object' ? Object.entries(value) : [];
  const {
    shown: rows,
    edit,
    send,
    leave,
  } = useDraft(saved, (edited) => {
    preview(edited && mapOf(edited));
  });
  /** The field that offers something: the one that has the focus. */
  const [focused, setFocused] = useState('');
  const columns = description.replace(/\..*$/s, '').split(' → ');

  function save(all: readonly Row[]): void {
    if (all.some((row, index) => twinOf(all, row, index) > 0)) {
      edit(all);
      return;
    }
    (all.some(isBlank) ? edit : send)(all);
    change(mapOf(all));
  }

  return (
    <fieldset
      class="setting map"
      aria-describedby={`about-${name}`}
      onFocusOut={() => {
        if (JSON.stringify(rows) === JSON.stringify(saved)) leave();
      }}
    >
      <legend>{label}</legend>
      <small id={`about-${name}`} class="muted">
        {description} {HINTS[name]}
      </small>
      {rows.map((row, index) => {
        const twin = twinOf(rows, row, index);
        const flaws =
          twin > 0
            ? [
                `Entry ${twin} has the same key. Change or remove one of the two: until then, ${label} is not saved.`,
              ]
            : problems.filter(({ key }) => key === row[0]).map(({ message }) => message);
        const note = flaws.length > 0 ? undefined : notes.get(row[0]);
        const about = `about-${name}-${index}`;
        return (
          <div class="row" key={index}>
            {SIDES.map((side, at) => {
              const id = `${name}-${index}-${side}`;
              return (
                <input
                  key={side}
                  type="text"
                  class="code"
                  autocomplete="off"
                  spellcheck={false}
                  placeholder={columns[at] ?? ''}
                  aria-label={`${label}, entry ${index + 1}: ${columns[at] ?? ''}`}
                  aria-describedby={about}
                  aria-invalid={flaws.length > 0}
                  value={row[at] ?? ''}
                  {...(focused === id && { list: `offers-${name}` })}
                  onFocus={() => {
                    setFocused(id);
                  }}
                  onInput={({ currentTarget }) => {
                    edit(
                      rows.with(
                        index,
                        side === 'key' ? [currentTarget.value, row[1]] : [row[0], currentTarget.value],
                      ),
                    );
                  }}
                  onChange={() => {
                    save(rows);
                  }}
                />
              );
            })}
            <button
              type="button"
              class="icon"
              aria-label={`Remove entry ${index + 1} of ${label}`}
              onClick={() => {
                save(rows.toSpliced(index, 1));
              }}
            >
              <span aria-hidden="true">✕</span>
            </button>
            <small id={about} class={flaws.length > 0 ? 'flaw' : note?.isMatch === true ? 'match' : 'muted'}>
              {flaws.map((flaw) => sentenceOf(visible(flaw))).join(' ')}
              {note !== undefined && `${note.isMatch ? '✔' : '–'} ${visible(note.note)}`}
            </small>
          </div>
        );
      })}
      {rows.map((row, index) =>
        SIDES.map(
          (side, at) =>
            focused === `${name}-${index}-${side}` && (
              <datalist key={side} id={`offers-${name}`}>
                {offers[side](row[at] ?? '').map(({ value: offered, about }) => (
                  <option key={offered} value={offered} label={about} />
                ))}
              </datalist>
            ),
        ),
      )}
      <button
        type="button"
        onClick={({ currentTarget }) => {
          edit([...rows, ['', '']]);
          // The new row is there after the next rendering.
          requestAnimationFrame(() => {
            currentTarget.parentElement?.querySelector<HTMLElement>('.row:last-of-type input')?.focus();
          });
        }}
      >
        Add an entry<span class="hidden"> to {label}</span>
      </button>
    </fieldset>
  );
}
