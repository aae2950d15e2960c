import type { RuleCheck } from '@allot/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSession } from '../../../session/use-session.ts';

/** So long after the last key a rule is checked. */
const pauseMs = 250;

/** What the server says of a rule that is being written; undefined until it has said something of exactly this text. */
export function useRuleCheck(rule: string): RuleCheck | undefined {
  const { client } = useSession();
  const [settled, setSettled] = useState(rule);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(rule), pauseMs);
    return () => clearTimeout(timer);
  }, [rule]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['rule check', settled],
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      client.send<RuleCheck>('POST', '/allot/v1/rules/check', { membershipRule: settled }, signal),
  });
  return settled === rule && rule.trim() !== '' && !isPlaceholderData ? data : undefined;
}
