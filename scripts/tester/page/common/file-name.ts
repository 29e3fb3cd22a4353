// Files by their names, without the folders that they are in: a place in a file likewise.
export const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '');

/** A text that begins with the name of one of these files, such as what is wrong with it. */
export function withoutFolders(text: string, files: readonly string[]): string {
  const file = files.find((name) => text.startsWith(name));
  return file === undefined ? text : nameOf(file) + text.slice(file.length);
}
