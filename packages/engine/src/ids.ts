/** Ids are UUID strings; each kind has a type of its own, so that one cannot stand where another is meant. */
export type PlanId = string & { readonly kind?: 'PlanId' };
export type ProductId = string & { readonly kind?: 'ProductId' };
export type GroupId = string & { readonly kind?: 'GroupId' };

/** Where a user's assignment comes from: the user, or a licensed group. */
export type Source = typeof direct | GroupId;
export const direct = 'direct';
