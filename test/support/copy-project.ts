// The project without what is built, in a folder of its own whose files a test can change.
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../scripts/cli/project';
import { commandFile } from './compile';

/**
 * Copies the project.
 *
 * @param command the one that runs in the copy.
 * @returns the folder.
 */
export function copyProject(command: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'project-'));
  for (const name of ['functions', 'lib', 'scripts', 'examples', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  cpSync(commandFile(command), commandFile(command, folder), { recursive: true });
  return folder;
}
