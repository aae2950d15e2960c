import type { PlanId } from './ids.ts';

export const isSame = (one: PlanId, other: PlanId): boolean => one === other;
