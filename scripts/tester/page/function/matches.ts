// Which entries of Event Mappings match the event at hand.
import { useEffect, useState } from 'preact/hooks';
import type { EntryMatch } from '../../api';
import { matchEntries } from '../common/client';
import type { Value } from './setting-inputs';

/** Milliseconds without typing after which the server is asked. */
const PAUSE = 150;

/** The server's notes on the entries, by their keys; they follow what is typed. */
export function useMatches(
  eventText: string,
  eventMappings: Value | undefined,
): ReadonlyMap<string, EntryMatch> {
  const [notes, setNotes] = useState<ReadonlyMap<string, EntryMatch>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const map = typeof eventMappings === 'object' ? eventMappings : {};
      const { matches } = await matchEntries(eventText, map);
      if (isCurrent) setNotes(new Map(matches.map((match) => [match.label, match])));
    };
    const timer = setTimeout(() => {
      // Without an answer there are no notes; the page says elsewhere that the server is gone.
      ask().catch(() => {
        setNotes(new Map());
      });
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [eventText, JSON.stringify(eventMappings)]);
  return notes;
}
