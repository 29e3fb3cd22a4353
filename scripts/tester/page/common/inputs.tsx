// Fields that give what is typed or chosen in them.
import type { JSX } from 'preact';

interface Field<Value> {
  readonly value: Value;
  readonly change: (value: Value) => void;
}

/** A line of text; the browser suggests nothing from other pages. */
export const TextField = ({ change, ...attributes }: Field<string> & JSX.IntrinsicElements['input']) => (
  <input
    type="text"
    autocomplete="off"
    spellcheck={false}
    {...attributes}
    onInput={({ currentTarget }) => change(currentTarget.value)}
  />
);

interface SelectProps extends Field<string> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** A choice of one among several. */
export const Select = ({
  change,
  options,
  value,
  ...attributes
}: SelectProps & JSX.IntrinsicElements['select']) => (
  <select {...attributes} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
    {options.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))}
  </select>
);

interface FileProps {
  readonly accept: string;
  readonly take: (files: readonly File[]) => void;
}

/** A choice of files, which its label stands for. */
export const FileInput = ({ accept, take }: FileProps) => (
  <input
    type="file"
    class="hidden"
    accept={accept}
    onChange={({ currentTarget }) => {
      const files = [...(currentTarget.files ?? [])];
      // The same file can be chosen again after it was fixed.
      currentTarget.value = '';
      if (files.length > 0) take(files);
    }}
  />
);
