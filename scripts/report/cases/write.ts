// npm start -- --cases: writes the events, and what they become, as a file of cases.
import { checkOutput, openOutput } from '../../cli/output-file';
import { inaccessible, type NamedFile } from '../../input/files';
import type { Input } from '../../input/json';
import { printCases, type Case } from './format';
import { createCaseMaker, type MakerOptions } from './make';

export interface CaseFile {
  /** Makes a case of an event. */
  readonly add: (input: Input) => Promise<void>;
  /** Writes the file. @returns how many cases it has. */
  readonly write: () => Promise<number>;
}

const OPTION = '--cases';

/**
 * Opens what writes cases to a file.
 *
 * @param inputs the files that are read.
 * @param warn takes what is to be looked at in the file.
 * @throws InputError if it would overwrite something else.
 */
export async function openCaseFile(
  file: NamedFile,
  inputs: readonly NamedFile[],
  options: MakerOptions,
  warn: (text: string) => void,
): Promise<CaseFile> {
  await checkOutput(file, inputs, OPTION);
  const { make } = createCaseMaker(options);
  const cases: Case[] = [];
  return {
    async add({ event, at }) {
      const { made, isFaithful } = await make(event);
      cases.push(made);
      if (!isFaithful)
        warn(
          `${at}: with example values it becomes something else. Look at case ${cases.length}, or keep the values with --keep-personal-data`,
        );
    },
    async write() {
      const opened = await openOutput(file, inputs, OPTION);
      try {
        await opened.writeFile(printCases(cases));
      } catch (error) {
        throw inaccessible(file.name, error, 'folder');
      } finally {
        await opened.close();
      }
      return cases.length;
    },
  };
}
