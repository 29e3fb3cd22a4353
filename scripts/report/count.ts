// Numbers as the commands print them.

export const formatCount = (count: number): string => count.toLocaleString('en');

/** `1 event`, `2,000 events`. */
export const countOf = (count: number, thing: string): string =>
  `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;

export const formatShare = (count: number, total: number): string =>
  `${(total === 0 ? 0 : (count / total) * 100).toFixed(1)} %`;

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** `1,234.50`. */
export const formatAmount = (amount: number): string =>
  amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
