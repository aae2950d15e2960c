import type { ResourceProperty } from '@allot/contract';
import {
  type EntityModel,
  isPrimitive,
  type ModelAction,
  type ModelFunction,
  type ModelType,
  type TypeUse,
} from './model.ts';

/** The metadata document of OData 4.01 (CSDL XML) of a model, in Graph's namespace. */
export function writeCsdl(model: EntityModel): string {
  const lines = [
    ...model.types.flatMap((type) => writeType(type, model)),
    ...model.actions.flatMap(writeAction),
    ...model.functions.flatMap(writeFunction),
    ...writeContainer(model),
  ];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    '  <edmx:DataServices>',
    '    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    ...lines.map((line) => `      ${line}`),
    '    </Schema>',
    '  </edmx:DataServices>',
    '</edmx:Edmx>',
    '',
  ].join('\n');
}

function writeType({ name, kind, base, isOpen, properties, relations }: ModelType, model: EntityModel): string[] {
  const isEntity = kind === 'entity';
  const isRoot = isEntity && base === undefined && !properties.some((property) => property.name === 'id');
  const element = isEntity ? 'EntityType' : 'ComplexType';
  const attributes = {
    Name: name,
    ...(base === undefined ? {} : { BaseType: `graph.${base}` }),
    ...(isOpen === true ? { OpenType: 'true' } : {}),
  };
  const content = [
    ...(isEntity && base === undefined && !isRoot ? ['<Key>', '  <PropertyRef Name="id"/>', '</Key>'] : []),
    ...properties.map(writeProperty),
    ...[...relations].map(([relation, use]) => writeRelation(relation, use, model)),
  ];
  if (content.length === 0) return [tag(element, attributes, true)];
  return [tag(element, attributes), ...content.map((line) => `  ${line}`), `</${element}>`];
}

const writeProperty = (property: ResourceProperty): string =>
  tag('Property', { Name: property.name, ...typeOf(property), ...nullability(property) }, true);

/** Objects that no set has belong to whoever they are found by. */
const writeRelation = (name: string, use: TypeUse, { sets }: EntityModel): string =>
  tag(
    'NavigationProperty',
    { Name: name, ...typeOf(use), ...([...sets.values()].includes(use.type) ? {} : { ContainsTarget: 'true' }) },
    true,
  );

function writeAction({ name, boundTo, parameters, returns }: ModelAction): string[] {
  return [
    tag('Action', { Name: name, IsBound: 'true' }),
    `  ${tag('Parameter', { Name: 'bindingParameter', ...typeOf(boundTo), Nullable: 'false' }, true)}`,
    ...parameters.map(
      (property) =>
        `  ${tag('Parameter', { Name: property.name, ...typeOf(property), ...nullability(property) }, true)}`,
    ),
    ...(returns === undefined ? [] : [`  ${tag('ReturnType', { ...typeOf(returns), Nullable: 'false' }, true)}`]),
    '</Action>',
  ];
}

const writeFunction = ({ name, boundTo }: ModelFunction): string[] => [
  tag('Function', { Name: name, IsBound: 'true' }),
  `  ${tag('Parameter', { Name: 'bindingParameter', ...typeOf(boundTo), Nullable: 'false' }, true)}`,
  `  ${tag('ReturnType', { ...typeOf(boundTo), Nullable: 'false' }, true)}`,
  '</Function>',
];

function writeContainer({ types, sets, singletons }: EntityModel): string[] {
  const setOf = new Map([...sets].map(([set, type]) => [type, set]));
  const bindings = (typeName: string): string[] =>
    [...(types.find(({ name }) => name === typeName)?.relations ?? [])].flatMap(([relation, { type }]) => {
      const target = setOf.get(type);
      return target === undefined
        ? []
        : [`    ${tag('NavigationPropertyBinding', { Path: relation, Target: target }, true)}`];
    });
  const write = (element: 'EntitySet' | 'Singleton', name: string, type: string): string[] => {
    const attributes = { Name: name, [element === 'EntitySet' ? 'EntityType' : 'Type']: `graph.${type}` };
    return [`  ${tag(element, attributes)}`, ...bindings(type), `  </${element}>`];
  };
  return [
    tag('EntityContainer', { Name: 'GraphService' }),
    ...[...sets].flatMap(([name, type]) => write('EntitySet', name, type)),
    ...[...singletons].flatMap(([name, type]) => write('Singleton', name, type)),
    '</EntityContainer>',
  ];
}

function typeOf({ type, isCollection }: TypeUse): { readonly Type: string } {
  // What the table of routes calls a text is a string, and nothing else of it is primitive.
  const qualified = type === 'text' ? 'Edm.String' : isPrimitive(type) ? `Edm.${type}` : `graph.${type}`;
  return { Type: isCollection ? `Collection(${qualified})` : qualified };
}

const nullability = ({ isNullable }: ResourceProperty): { readonly Nullable?: string } =>
  isNullable ? {} : { Nullable: 'false' };

const tag = (name: string, attributes: Readonly<Record<string, string>>, isEmpty = false): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('')}${isEmpty ? '/' : ''}>`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
