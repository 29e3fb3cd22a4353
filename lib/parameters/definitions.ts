// What a row of the table of parameters is, and the table as a list.
import type { SegmentEvent } from '@segment/analytics-next';
import { GROUPS, type EventSource as EventSetKind, type Group, type PayloadFields } from '../tiktok/payload';
import { PARAMETERS } from './parameters';
import type { READERS, TypeName } from './readers';

/** A parameter of a TikTok event. */
export interface ParameterDefinition<Type extends TypeName = TypeName, From extends string = string> {
  /** Its default source, an expression; if blank, the parameter is sent only if it is mapped. */
  readonly from: From;
  /** How its value is read. */
  readonly type: Type;
  /** The kind of event set that takes it; both by default. */
  readonly only?: EventSetKind;
  /** What the parameter means; the documentation and the tester page show this. */
  readonly description: string;
  /** Its default source if the event's own properties are the product. */
  readonly ofEvent?: string;
  /** Whether the default source may be a person's if it is the event's own and not a product's. */
  readonly mayBePersons?: true;
}

/** A field of a Segment event as analytics.js has them; a source that begins with another does not compile. */
type EventField = Extract<keyof SegmentEvent, string>;
type EventPath = EventField | `${EventField}.${string}` | `${EventField} ${string}`;
type EventSource = '' | EventPath | `"${string}"`;

/** The types whose readers give what TikTok takes. */
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof READERS)[T]['read']>> extends Value ? T : never;
}[TypeName];

/** A definition of each field of TikTok's payload. The sources of `contents` start at an item, all others at the event. */
export type ParameterTable = {
  readonly [G in Group]: {
    readonly [F in keyof PayloadFields[G]]: ParameterDefinition<
      TypeFor<PayloadFields[G][F]>,
      G extends 'contents' ? string : EventSource
    >;
  };
};

/** What TikTok's payload puts before the fields of a group. */
const PREFIXES: Readonly<Record<Group, string>> = {
  event: '',
  phone: 'user.phone.',
  user: 'user.',
  properties: 'properties.',
  contents: 'properties.contents.',
  page: 'page.',
  lead: 'lead.',
};

/** Every parameter with its name, as TikTok's payload spells it: `user.email`. */
export const DEFINITIONS: readonly (ParameterDefinition & {
  readonly name: string;
  readonly group: Group;
  readonly field: string;
})[] = GROUPS.flatMap((group) =>
  Object.entries<ParameterDefinition>(PARAMETERS[group]).map(([field, definition]) => ({
    ...definition,
    name: PREFIXES[group] + field,
    group,
    field,
  })),
);
