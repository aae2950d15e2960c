import type { AuditReasonCode } from '@allot/contract';

/** Says in the details of an audit entry which reason it gives in English, for whoever says it in another language. */
export const reasonCode = (code: AuditReasonCode) => ({ key: 'reasonCode', value: code });
