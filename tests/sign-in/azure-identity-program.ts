/**
 * What a customer's program does, unmodified: asks @azure/identity for a token. Its settings come as JSON in the first
 * argument; it prints the token. A program of its own, because a certificate is only trusted from the start
 * (NODE_EXTRA_CA_CERTS).
 */
import { ClientSecretCredential } from '@azure/identity';

import { objectOf } from './sign-in-server.ts';

const { authorityHost, tenant, clientId, clientSecret, scope } = objectOf(JSON.parse(process.argv[2] ?? '{}'));
const credential = new ClientSecretCredential(String(tenant), String(clientId), String(clientSecret), {
  authorityHost: String(authorityHost),
  disableInstanceDiscovery: true,
  retryOptions: { maxRetries: 0 },
});
try {
  const { token, expiresOnTimestamp } = await credential.getToken(String(scope));
  console.log(JSON.stringify({ token, expiresOnTimestamp }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
