// How large a file's parts may be, so that the memory for them ends somewhere.
import { InputError } from '../cli/command';

/** Characters of a line, or of an element of an array. Segment takes events of up to 32 KB. */
export const MAX_LENGTH = 16 * 1024 * 1024;
/** Bytes of an unzipped file: more than a hundred million events. */
export const MAX_UNZIPPED = 100e9;

/** @param at the file and the line. */
export const tooLong = (at: string): InputError =>
  new InputError(`${at}: longer than 16 MB. This is not a Segment event: Segment takes up to 32 KB`);
