export type PlanId = string;
