// A path or a value, which is broken between its words.
import { visible } from '../../../cli/visible';

export const Code = ({ text, class: look = '' }: { readonly text: string; readonly class?: string }) => (
  <code class={look}>
    {visible(text)
      .split(/(?<=[._[/])(?=\w)/)
      .flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))}
  </code>
);
