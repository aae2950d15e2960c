import type { Filter, LiteralValue, Path } from './tree.ts';

/** Writes a filter so that `parseFilter` reads the same again. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return `${printFilter(filter.left)} or ${printOperand(filter.right, ['or'])}`;
    case 'and':
      return `${printOperand(filter.left, ['or'])} and ${printOperand(filter.right, ['or', 'and'])}`;
    case 'not':
      return `not ${printOperand(filter.operand, ['or', 'and'])}`;
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${printLiteral(filter.value)}`;
    case 'in':
      return `${printPath(filter.path)} in (${filter.values.map(printLiteral).join(',')})`;
    case 'call':
      return `${filter.name}(${printPath(filter.path)},${printLiteral(filter.value)})`;
    case 'any':
    case 'all': {
      const { variable, condition } = filter;
      const inner = variable === undefined || condition === undefined ? '' : `${variable}:${printFilter(condition)}`;
      return `${printPath(filter.path)}/${filter.kind}(${inner})`;
    }
  }
}

function printOperand(filter: Filter, inParentheses: readonly Filter['kind'][]): string {
  return inParentheses.includes(filter.kind) ? `(${printFilter(filter)})` : printFilter(filter);
}

const printPath = (path: Path): string => path.names.join('/');

function printLiteral(literal: LiteralValue): string {
  if (literal.type === 'string') return `'${literal.value.replaceAll("'", "''")}'`;
  return String(literal.value);
}
