// The function's settings with the fields that Segment has for them.
import { SETTINGS } from '../../lib/configuration/settings';

export const EDITOR_SETTINGS = SETTINGS.map(({ name, label, type, required, sensitive, description }) => ({
  name,
  label,
  type,
  required,
  sensitive,
  description,
}));
