// An event's JSON in the page's editor.
import { UNSEEN } from '../../../cli/visible';

/** JSON with its invisible characters written as escapes, such as `\u202e`. */
export const visibleJson = (json: string): string =>
  json.replace(UNSEEN, (mark) =>
    Array.from(
      { length: mark.length },
      (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
