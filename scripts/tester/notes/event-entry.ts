// Notes on an entry of Event Mappings. Pure.
import { DEFAULT_EVENT_MAPPINGS, type EventMapping } from '../../../lib/configuration/event-mappings';
import { keyOf } from '../../../lib/configuration/key';
import { nearestOf } from '../../../lib/values/nearest';
import { RETIRING, STANDARD_EVENTS } from '../../local/tiktok/names';
import type { Remark } from '../api';
import { describeOverruling, obstacleOf, type AtHand } from './at-hand';
import { notePaths, pathsIn, type Known } from './paths';

export function noteEvent(entry: EventMapping, atHand: AtHand, known: Known): readonly Remark[] {
  const { label, names, condition } = entry;
  if (names.length === 0) {
    const isDefault = Object.keys(DEFAULT_EVENT_MAPPINGS).some((name) => keyOf(name) === entry.key);
    return [{ tone: 'wait', message: `${label} is not sent${isDefault ? ' any more' : ''}.` }];
  }
  return [
    ...(atHand.event === undefined ? [] : [noteMatch(entry, atHand)]),
    ...names.flatMap(noteName),
    ...notePaths(condition === undefined ? [] : pathsIn(condition), known),
  ];
}

function noteMatch(entry: EventMapping, { event, senders }: AtHand): Remark {
  const obstacle = obstacleOf(entry, event);
  if (obstacle !== undefined) return { tone: 'quiet', message: `Not for this event: ${obstacle}` };
  const overruled = describeOverruling(entry, senders);
  const sent = senders.find(({ key }) => key === entry.key)?.names;
  return sent === undefined
    ? { tone: 'quiet', message: ['Matches this event.', ...overruled].join(' ') }
    : { tone: 'good', message: [`Matches this event: sent as ${sent.join(', ')}.`, ...overruled].join(' ') };
}

function noteName(name: string): readonly Remark[] {
  if (STANDARD_EVENTS.includes(name)) return [];
  const advice = RETIRING[name];
  if (advice !== undefined) return [{ tone: 'wait', message: `${name}: ${advice}.` }];
  const nearest = nearestOf(name, STANDARD_EVENTS);
  const message = `${name} is not a standard event of TikTok`;
  // Without a name like it, it is one of the workspace's own.
  return [
    nearest === undefined
      ? { tone: 'quiet', message: `${message}.` }
      : { tone: 'wait', message: `${message}: did you mean ${nearest}?` },
  ];
}
