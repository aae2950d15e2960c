import type { Client, Collection, ProductSeats, SubscribedSku, Summary } from '@allot/contract';
import { Failure } from '../failure.ts';
import { didYouMean } from './closest-names.ts';
import { isSame } from './names-and-ids.ts';

export async function loadProducts(client: Client): Promise<readonly SubscribedSku[]> {
  return (await client.get<Collection<SubscribedSku>>('/v1.0/subscribedSkus')).value;
}

/** Part numbers by id, for lists; a product the tenant owns no more is named by its id. */
export function productNames(products: readonly SubscribedSku[]): (skuId: string) => string {
  const names = new Map(products.map(({ skuId, skuPartNumber }) => [skuId.toLowerCase(), skuPartNumber]));
  return (skuId) => names.get(skuId.toLowerCase()) ?? skuId;
}

/** Finds a product by part number, id or display name; display names are asked for only when they are needed. */
export async function findProduct(
  client: Client,
  products: readonly SubscribedSku[],
  name: string,
): Promise<SubscribedSku> {
  const direct = products.find(({ skuId, skuPartNumber }) => isSame(skuId, name) || isSame(skuPartNumber, name));
  if (direct !== undefined) return direct;
  const seats = (await client.get<Summary>('/allot/v1/summary')).products;
  const named = seats.filter(({ displayName }) => isSame(displayName, name));
  if (named.length > 1) throw ambiguous(name, named);
  const found = products.find(({ skuId }) => skuId === named[0]?.skuId);
  if (found === undefined) throw unknownProduct(name, products, seats);
  return found;
}

function ambiguous(name: string, named: readonly ProductSeats[]): Failure {
  const candidates = named.map(({ skuPartNumber, skuId }) => `  ${skuPartNumber}  ${skuId}`);
  return new Failure(
    `${named.length} products are called '${name}':\n${candidates.join('\n')}`,
    'Name one by its SKU or id.',
  );
}

function unknownProduct(name: string, products: readonly SubscribedSku[], seats: readonly ProductSeats[]): Failure {
  const names = [...products.map(({ skuPartNumber }) => skuPartNumber), ...seats.map(({ displayName }) => displayName)];
  const advice = `${didYouMean(name, names)} 'allot product list' shows the products that there are seats of.`.trim();
  return new Failure(`The tenant has no product '${name}'.`, advice);
}
