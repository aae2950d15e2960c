import { type Said, say } from './import-sentences.ts';

/** One row of the list, clean: ids in lower case. */
export type ListRow = {
  readonly line: number;
  readonly productName: string;
  readonly partNumber: string;
  readonly productId: string;
  readonly planName: string;
  readonly planId: string;
  readonly planDisplayName: string;
};

export type ListedProduct = {
  readonly productId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly servicePlans: readonly { readonly planId: string }[];
};

export type ListedPlan = { readonly planId: string; readonly name: string; readonly displayName: string };

/** Something in the list that was put right. Without `column` it concerns the whole row. */
export type ListNote = Said & { readonly line: number; readonly column?: string };

/**
 * Puts the rows of the list together by GUID. Of several spellings the most frequent is taken (of equally frequent
 * ones the first), for what is shown to people one that is not all capitals; the others are noted where they first
 * stand, as are rows that say the same as an earlier one and part numbers that two products share.
 */
export function foldRows(rows: readonly ListRow[]): {
  products: ListedProduct[];
  plans: ListedPlan[];
  notes: ListNote[];
} {
  const notes: ListNote[] = [];
  const products = new Map<string, Product>();
  const plans = new Map<string, Plan>();
  for (const row of rows) {
    addToPlan(plans, row);
    addToProduct(products, row, notes);
  }
  notes.push(...sharedPartNumbers(products));
  return {
    products: [...products].map(([productId, product]) => ({
      productId,
      skuPartNumber: choose(product.partNumbers, notes, ['productCalledOtherwise', productId], 'String_Id'),
      displayName: choose(product.names, notes, ['productCalledOtherwise', productId], 'Product_Display_Name'),
      servicePlans: [...product.planLines.keys()].map((planId) => ({ planId })),
    })),
    plans: [...plans].map(([planId, plan]) => ({
      planId,
      name: choose(plan.names, notes, ['planCalledOtherwise', planId], 'Service_Plan_Name'),
      displayName: choose(
        plan.displayNames,
        notes,
        ['planCalledOtherwise', planId],
        'Service_Plans_Included_Friendly_Names',
        isReadable,
      ),
    })),
    notes,
  };
}

/** Each spelling with the times it is used and the line it is first used on. */
type Spellings = Map<string, { count: number; readonly line: number }>;
type Product = { readonly partNumbers: Spellings; readonly names: Spellings; readonly planLines: Map<string, number> };
type Plan = { readonly names: Spellings; readonly displayNames: Spellings };

function addToProduct(products: Map<string, Product>, row: ListRow, notes: ListNote[]): void {
  const product: Product = products.get(row.productId) ?? {
    partNumbers: new Map(),
    names: new Map(),
    planLines: new Map(),
  };
  products.set(row.productId, product);
  count(product.partNumbers, row.partNumber, row.line);
  count(product.names, row.productName, row.line);
  const earlier = product.planLines.get(row.planId);
  if (earlier === undefined) product.planLines.set(row.planId, row.line);
  else notes.push({ line: row.line, ...say('rowTwice', { line: earlier }) });
}

function addToPlan(plans: Map<string, Plan>, row: ListRow): void {
  const plan: Plan = plans.get(row.planId) ?? { names: new Map(), displayNames: new Map() };
  plans.set(row.planId, plan);
  count(plan.names, row.planName, row.line);
  count(plan.displayNames, row.planDisplayName, row.line);
}

function count(spellings: Spellings, spelling: string, line: number): void {
  const known = spellings.get(spelling);
  if (known === undefined) spellings.set(spelling, { count: 1, line });
  else known.count += 1;
}

function sharedPartNumbers(products: ReadonlyMap<string, Product>): ListNote[] {
  const notes: ListNote[] = [];
  const owners = new Map<string, string>();
  for (const [productId, { partNumbers }] of products) {
    for (const [partNumber, { line }] of partNumbers) {
      const other = owners.get(partNumber.toLowerCase());
      owners.set(partNumber.toLowerCase(), other ?? productId);
      if (other !== undefined && other !== productId) {
        notes.push({
          line,
          column: 'String_Id',
          ...say('partNumberShared', { partNumber, product: other }),
        });
      }
    }
  }
  return notes;
}

function choose(
  spellings: Spellings,
  notes: ListNote[],
  [code, id]: readonly ['productCalledOtherwise' | 'planCalledOtherwise', string],
  column: string,
  isPreferred: (spelling: string) => boolean = () => true,
): string {
  let best = '';
  let bestScore = -1;
  for (const [spelling, { count: times }] of spellings) {
    const score = times + (isPreferred(spelling) ? preferredScore : 0);
    if (score > bestScore) [best, bestScore] = [spelling, score];
  }
  for (const [spelling, { line }] of spellings) {
    if (spelling !== best) notes.push({ line, column, ...say(code, { id, here: spelling, used: best }) });
  }
  return best;
}

/** More than any spelling is used: a preferred spelling wins however rare it is. */
const preferredScore = 1e9;

/** Not the plan's name again, nor shouted: has a blank and a small letter. */
function isReadable(displayName: string): boolean {
  return /[a-z]/.test(displayName) && displayName.includes(' ');
}
