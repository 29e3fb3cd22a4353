// What TikTok matches events to people by, and how each is recognised wherever it stands.
import '../../local/segment/install-globals';
import type { EventSource } from '../../../lib/tiktok/payload';
import { normaliseEmail } from '../../../lib/values/email';
import { normalisePhone } from '../../../lib/values/phone';
import { isPlaceholder } from '../../../lib/values/placeholder';
import { nonEmpty } from '../../../lib/values/text';
import { MATCH_PARAMETERS, type MatchParameter } from '../labels';

export interface Identifier {
  /** Where it stands in a conversion. */
  readonly group: 'user' | 'lead';
  readonly field: string;
  /** The kind of event set that it is documented for, if not both. */
  readonly only?: EventSource;
  /** What it is, with its article. */
  readonly noun: string;
  /** Whether an event that has no other one is sent. */
  readonly isEnough: boolean;
  /**
   * The identifier that a text without doubt is, spelled in one way; `undefined` if it is not one.
   *
   * @param key that of the field that holds it.
   * @param country of phone numbers without a calling code.
   */
  readonly recognise: (text: string, key: string, country: string | undefined) => string | undefined;
}

/** How a phone number begins. */
const NUMBER = /^[+(\d]/;
const PHONE_KEY = /phone|mobile|msisdn|whatsapp|^(?:tel|cell)$|[_-](?:tel|cell)$/i;
const LEAD_KEY = /lead[_-]?id$/i;
const CUSTOMER_KEY = /^(?:customer|client|contact|member|user)[_-]?(?:id|number)$/i;

const idAt =
  (pattern: RegExp): Identifier['recognise'] =>
  (text, key) =>
    pattern.test(key) && text !== '0' && !isPlaceholder(text) ? nonEmpty(text) : undefined;

/** By the parameter. */
export const IDENTIFIERS: Readonly<Record<MatchParameter, Identifier>> = {
  'user.email': {
    group: 'user',
    field: 'email',
    noun: 'an email address',
    isEnough: true,
    recognise: (text) => (text.includes('@') ? normaliseEmail(text.toLowerCase()) : undefined),
  },
  'user.phone': {
    group: 'user',
    field: 'phone',
    noun: 'a phone number',
    isEnough: true,
    recognise: (text, key, country) =>
      NUMBER.test(text) && (text.startsWith('+') || PHONE_KEY.test(key))
        ? normalisePhone(text, country)
        : undefined,
  },
  'lead.lead_id': {
    group: 'lead',
    field: 'lead_id',
    only: 'crm',
    noun: 'a lead ID',
    isEnough: true,
    recognise: idAt(LEAD_KEY),
  },
  'user.external_id': {
    group: 'user',
    field: 'external_id',
    only: 'crm',
    noun: 'an external ID',
    isEnough: false,
    recognise: idAt(CUSTOMER_KEY),
  },
};

/** Those that TikTok documents for a kind of event set. */
export const parametersFor = (eventSource: EventSource): readonly MatchParameter[] =>
  MATCH_PARAMETERS.filter((name) => (IDENTIFIERS[name].only ?? eventSource) === eventSource);
