import type { PublicDocument } from '../http/index.ts';
import { openApiDocument } from '../http/openapi/index.ts';
import { writeCsdl } from './metadata/csdl.ts';
import { type EntityModel, modelOf } from './metadata/model.ts';
import { describeGraph } from './openapi.ts';
import { graphRoutes } from './routes.ts';

/** What Graph's part says of itself: the metadata and the service document of OData, and OpenAPI, in both versions. */
export const graphDocuments: readonly PublicDocument[] = (['v1.0', 'beta'] as const).flatMap((version) => {
  const model = modelOf(version, graphRoutes);
  const csdl = writeCsdl(model);
  return [
    { path: `/${version}/$metadata`, type: 'application/xml', write: () => csdl },
    openApiDocument(`/${version}/openapi.json`, () => describeGraph(version)),
    { path: `/${version}`, type: 'application/json', write: (root) => serviceDocument(version, model, root) },
  ];
});

function serviceDocument(version: string, { sets, singletons }: EntityModel, root: string): string {
  const entry = (kind: string) => (name: string) => ({ name, kind, url: name });
  const value = [...[...sets.keys()].map(entry('EntitySet')), ...[...singletons.keys()].map(entry('Singleton'))];
  return JSON.stringify({ '@odata.context': `${root}/${version}/$metadata`, value });
}
