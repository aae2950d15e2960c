import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { documentedPath } from '../../packages/server/src/http/documented-path.ts';
import { surfaces } from './documents.ts';

for (const { prefix, routes, document } of surfaces) {
  test(`the OpenAPI document of ${prefix} is valid OpenAPI 3.1`, async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    assert.ok(valid, JSON.stringify(errors ?? []).slice(0, 2_000));
    assert.match(document.openapi, /^3\.1\./);
  });

  test(`the OpenAPI document of ${prefix} has every route with its permissions and options, and no other`, () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        operation.security.flatMap(({ bearer }) => bearer),
        (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      ]),
    );
    const expected = routes
      .filter(({ describe }) => describe.isAlias !== true)
      .map(({ method, path, permissions, describe }) => [
        `${method} ${documentedPath(path)}`,
        permissions,
        describe.query ?? [],
      ]);
    const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted();
    assert.deepEqual(sorted(described), sorted(expected));
  });

  test(`the OpenAPI document of ${prefix} names each operation once and uses each of its schemas`, () => {
    const names = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    assert.equal(new Set(names).size, names.length);
    const referred = new Set(
      [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    );
    assert.deepEqual(new Set(Object.keys(document.components.schemas)), referred);
  });
}
