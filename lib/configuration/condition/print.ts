// Condition -> text, as short as it can be read back.
import type { Condition } from './condition';
import { pathText } from './tokens';

/** The text of a condition that {@link parseCondition} reads as the same. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'literal':
      return typeof condition.value === 'string' ? quoted(condition.value) : String(condition.value);
    case 'path':
      return pathText(condition.keys);
    case 'list':
      return `[${condition.items.map(printOperand).join(', ')}]`;
    case 'call':
      return `${condition.name}(${condition.operands.map(printOperand).join(', ')})`;
    case 'comparison':
      return `${printOperand(condition.left)} ${condition.operator} ${printOperand(condition.right)}`;
    case 'not':
      return `!${condition.condition.kind === 'not' ? printCondition(condition.condition) : printOperand(condition.condition)}`;
    case 'and':
    case 'or':
      return condition.conditions.map(printJoined).join(` ${condition.kind} `);
  }
}

/** In brackets unless it is one value. */
function printOperand(condition: Condition): string {
  const text = printCondition(condition);
  return ['literal', 'path', 'list', 'call'].includes(condition.kind) ? text : `(${text})`;
}

/** In brackets if it is joined of several itself. */
function printJoined(condition: Condition): string {
  const text = printCondition(condition);
  return condition.kind === 'and' || condition.kind === 'or' ? `(${text})` : text;
}

/** No string of FQL holds both quotes. */
const quoted = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`);
