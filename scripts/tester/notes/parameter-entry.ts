// Notes on an entry of Parameter Mappings. Pure.
import { pathsOf } from '../../../lib/configuration/expression';
import { keyOf } from '../../../lib/configuration/key';
import {
  partsOf,
  readParameterMappings,
  type Parameter,
} from '../../../lib/configuration/parameter-mappings';
import type { Plan } from '../../../lib/configuration/plan';
import type { Settings } from '../../../lib/configuration/settings';
import { Reading } from '../../../lib/conversion/context';
import { phonesOf } from '../../../lib/conversion/convert';
import { readFields } from '../../../lib/conversion/fields';
import type { Field, Remark } from '../api';
import { explain } from '../explain';
import { shorten } from '../words';
import { describeOverruling, obstacleOf, type AtHand } from './at-hand';
import { notePaths, ofItems, type Known } from './paths';

export function noteParameter(
  key: string,
  value: string,
  settings: Settings,
  atHand: AtHand,
  known: Known,
): readonly Remark[] {
  const { event, senders } = atHand;
  const { segmentEvent, name } = partsOf(key.trim());
  if (value.trim() === '') return [{ tone: 'wait', message: `Empty: ${name} is not sent.` }];
  const { parametersFor } = readParameterMappings(settings);
  const parameter = allOf(parametersFor(keyOf(segmentEvent))).find(
    (one) => one.name.toLowerCase() === name.toLowerCase(),
  );
  if (parameter === undefined) return [];
  const isItem = parameter.group === 'contents';
  const unknown = notePaths(parameter.expression.flatMap(pathsOf), isItem ? ofItems(known) : known);
  if (event === undefined) return unknown;

  const sender = senders.find((one) => allOf(parametersFor(one.key)).includes(parameter));
  const unused = sender === undefined ? whyUnused(parameter, segmentEvent, atHand) : undefined;
  if (unused !== undefined) return [{ tone: 'quiet', message: `Not for this event: ${unused}` }, ...unknown];

  const fields = fieldsOf(parameter, event, parametersFor(sender?.key ?? ''), settings);
  return [...noteFields(fields, sender !== undefined), ...unknown];
}

const allOf = ({ parameters }: Pick<Plan, 'parameters'>): readonly Parameter[] =>
  Object.values(parameters).flat();

/** Why no entry that sends the event reads a parameter as it is mapped; `undefined` if one would, but none sends it. */
function whyUnused(
  { name }: Parameter,
  segmentEvent: string,
  { event, entries, senders }: AtHand,
): string | undefined {
  if (segmentEvent === '')
    return senders.length === 0
      ? undefined
      : `replaced by ${senders.map(({ label }) => `${label}: ${name}`).join(', ')}.`;
  const entry = entries.find((one) => one.key === keyOf(segmentEvent));
  if (entry === undefined) return `Event Mappings has no entry ${segmentEvent}.`;
  if (obstacleOf(entry, event) !== undefined) return `only for ${segmentEvent}.`;
  if (entry.names.length === 0) return `${entry.label} is not sent.`;
  return describeOverruling(entry, senders).join(' ');
}

/** The objects of a TikTok event. */
const GROUPS = ['user', 'properties', 'page', 'lead'] as const;

/** What an event gives for a parameter; for one of products, what each gives. */
function fieldsOf(
  { name }: Parameter,
  event: unknown,
  { parameters, phoneSources }: Pick<Plan, 'parameters' | 'phoneSources'>,
  settings: Settings,
): readonly Field[] {
  const phones = phonesOf(event, [{ phoneSources }]);
  const readWith = (used: Settings): Reading => new Reading(event, parameters, used, phones, Date.now());
  const reading = readWith(settings);
  const sent: Record<string, unknown> = { ...readFields(parameters.event, reading, event) };
  for (const group of GROUPS) sent[group] = readFields(parameters[group], reading, event);
  // The country of phone numbers is read, not sent. Default Country is not what a mapping of it gives.
  sent['phone'] = { country: readWith({ ...settings, defaultCountry: undefined }).phoneCountry };
  const explained = { ...parameters, user: [...parameters.user, ...parameters.phone] };
  return explain(event, { parameters: explained }, sent, reading.leftOut).filter(
    (field) => field.parameter.replace(/\[\d+\]/, '') === name,
  );
}

/** Products whose values are shown. */
const ITEMS = 5;

/** Notes the value of a parameter, or of each product for a parameter of products, and what was left out. */
function noteFields(fields: readonly Field[], isSent: boolean): readonly Remark[] {
  const values = fields.flatMap(({ value }) => (value === undefined ? [] : [shorten(value)]));
  const flaws = new Set(fields.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  const remarks: Remark[] = [];
  if (values.length > 0)
    remarks.push({
      tone: isSent ? 'good' : 'quiet',
      message: `${isSent ? 'For this event' : 'If this event were sent'}: ${values.slice(0, ITEMS).join(', ')}`,
    });
  else if (flaws.size === 0) remarks.push({ tone: 'quiet', message: 'No value in this event.' });
  for (const flaw of flaws) remarks.push({ tone: 'wait', message: `Left out: ${flaw}.` });
  return remarks;
}
