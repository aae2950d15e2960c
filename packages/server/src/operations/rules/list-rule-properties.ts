import type { RuleProperty } from '@allot/contract';
import { describeRuleProperties } from '@allot/engine';

/** Every property that a rule can ask for, with its operators: the same for all tenants. */
export const listRuleProperties = (): readonly RuleProperty[] => describeRuleProperties();
