import { useRead } from '../../api/use-api.ts';

interface Rules {
  readonly requirements: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
}

const none: readonly never[] = [];

/** What a service plan needs: of each list one. Ids of service plans. */
export function useRequirements(planId: string): readonly (readonly string[])[] {
  const { data } = useRead<Rules>('/allot/v1/catalogue/rules');
  return data?.requirements.filter(({ plan }) => plan === planId).map(({ anyOf }) => anyOf) ?? none;
}
