// Amounts, prices and quantities.

const NUMBER_CHARACTERS = /^[-+.\de]+$/i;

/** A finite number, or a text that is one: `"12.50"`, not `"$12.50"` and not `"1,250"`. Zero is a value. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMBER_CHARACTERS.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
