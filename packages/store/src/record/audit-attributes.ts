import { attributes, attributeTable, operators } from '../directory/attributes.ts';
import type { FilterSubject } from '../directory/compile-filter.ts';

const terms = 'terms';

/** What `$filter` may ask of an entry of the audit log. */
const auditAttributes = attributeTable([
  ...attributes('guid', operators.entryId, { id: 'id', correlationId: 'correlation_id' }),
  ...attributes('dateTime', operators.entryTime, { activityDateTime: 'activity_at' }),
  ...attributes('term', operators.term, { activityDisplayName: terms, category: terms, result: terms }),
  ...attributes('string', operators.term, { loggedByService: 'logged_by_service' }),
  ...attributes('term', operators.term, {
    'initiatedBy/user/id': terms,
    'initiatedBy/user/displayName': terms,
    'initiatedBy/user/userPrincipalName': terms,
    'initiatedBy/app/appId': terms,
    'initiatedBy/app/displayName': terms,
  }),
  ...attributes('objects', operators.objects, { targetResources: 'targets' }),
  ...attributes('term', operators.term, {
    'targetResources/id': terms,
    'targetResources/displayName': terms,
    'targetResources/type': terms,
    'targetResources/userPrincipalName': terms,
  }),
]);

/** The audit log as `a`, for filters. */
export const auditEntries: FilterSubject = {
  typeName: 'microsoft.graph.directoryAudit',
  alias: 'a',
  attributes: auditAttributes,
};
