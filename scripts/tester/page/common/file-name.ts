// Files by their names, without the folders that they are in: a place in a file likewise.
export const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '');
