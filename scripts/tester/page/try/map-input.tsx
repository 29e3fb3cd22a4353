// The input for a setting of keys and values, such as Event Mappings: a row for each entry.
import { useState } from 'preact/hooks';
import { keyOf } from '../../../../lib/configuration/key';
import type { Note } from '../../api';
import { TextField } from '../common/inputs';
import { OfferList } from './offer-list';
import { Notes, type InputProps } from './setting-inputs';
import { isSame } from './typed';

type Row = readonly [key: string, value: string];

const isBlank = ([key]: Row): boolean => key.trim() === '';

/** The number of the earlier entry with the same key, counted from 1; 0 if there is none. */
const twinOf = (rows: readonly Row[], row: Row, index: number): number =>
  isBlank(row) ? 0 : rows.slice(0, index).findIndex(([key]) => keyOf(key) === keyOf(row[0])) + 1;

const hasTwins = (rows: readonly Row[]): boolean => rows.some((row, index) => twinOf(rows, row, index) > 0);

/** An entry without a key is still being edited. */
const mapOf = (rows: readonly Row[]): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.filter((row) => !isBlank(row)));

/** What an entry can say. */
const HINTS: Readonly<Record<string, string>> = {
  eventMappings:
    'Several TikTok events are separated by commas. A condition is optional: Purchase if properties.channel = "store".',
  parameterMappings:
    'The first source with a usable value counts: properties.net ?? properties.total. A fixed value has quotes: "EUR".',
};

/** The end of a field's name, by its side; the offers for it have the same. */
const SIDES = ['key', 'value'] as const;

export function MapInput({ setting, value = {}, change, notes, offers }: InputProps) {
  const { name, label, description } = setting;
  /** Rows that a map cannot hold, in their place among those that it can. */
  const [edited, setEdited] = useState<readonly Row[]>([]);
  const rows: readonly Row[] =
    hasTwins(edited) || isSame(mapOf(edited), value)
      ? edited
      : Object.entries(typeof value === 'object' ? value : {});
  /** The field that offers something: the one that has the focus. */
  const [focused, setFocused] = useState('');
  const columns = description.replace(/\..*$/s, '').split(' → ');

  function edit(all: readonly Row[]): void {
    setEdited(all);
    if (!hasTwins(all)) change(mapOf(all));
  }

  function notesOf(row: Row, index: number): readonly Note[] {
    const twin = twinOf(rows, row, index);
    const message = `Entry ${twin} has the same key. Change or remove one of the two: until then, ${label} is not saved.`;
    return twin > 0 ? [{ setting: name, tone: 'bad', message }] : notes.filter(({ key }) => key === row[0]);
  }

  return (
    <fieldset class="setting stack map" aria-describedby={`about-${name}`}>
      <legend>{label}</legend>
      <small id={`about-${name}`} class="muted">
        {description} {HINTS[name]}
      </small>
      {rows.map((row, index) => {
        const own = notesOf(row, index);
        const about = `about-${name}-${index}`;
        return (
          <div class="entry" key={index}>
            {SIDES.map((side, at) => {
              const id = `${name}-${index}-${side}`;
              return (
                <TextField
                  key={side}
                  type="text"
                  class="code"
                  placeholder={columns[at] ?? ''}
                  aria-label={`${label}, entry ${index + 1}: ${columns[at] ?? ''}`}
                  aria-describedby={about}
                  aria-invalid={own.some(({ tone }) => tone === 'bad')}
                  value={row[at] ?? ''}
                  {...(focused === id && { list: `offers-${name}` })}
                  onFocus={() => setFocused(id)}
                  change={(now) => edit(rows.with(index, side === 'key' ? [now, row[1]] : [row[0], now]))}
                />
              );
            })}
            <button
              type="button"
              class="icon"
              aria-label={`Remove entry ${index + 1} of ${label}`}
              onClick={() => edit(rows.toSpliced(index, 1))}
            >
              <span aria-hidden="true">✕</span>
            </button>
            <small id={about}>
              <Notes notes={own} />
            </small>
            {SIDES.map((side, at) => {
              const typed = row[at] ?? '';
              return (
                focused === `${name}-${index}-${side}` && (
                  <OfferList key={side} id={`offers-${name}`} typed={typed} offers={offers[side](typed)} />
                )
              );
            })}
          </div>
        );
      })}
      <button
        type="button"
        onClick={({ currentTarget }) => {
          edit([...rows, ['', '']]);
          // The new row is there after the next rendering.
          requestAnimationFrame(() =>
            currentTarget.parentElement?.querySelector<HTMLElement>('.entry:last-of-type input')?.focus(),
          );
        }}
      >
        Add an entry<span class="hidden"> to {label}</span>
      </button>
    </fieldset>
  );
}
