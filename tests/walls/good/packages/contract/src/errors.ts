export type ErrorCode = 'Request_ResourceNotFound';
