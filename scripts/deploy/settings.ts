// The settings as Segment keeps them, without what only the function needs.
import { SETTINGS } from '../../lib/configuration/settings';

export const EDITOR_SETTINGS = SETTINGS.map(({ name, label, type, required, sensitive, description }) => ({
  name,
  label,
  type,
  required,
  sensitive,
  description,
}));
