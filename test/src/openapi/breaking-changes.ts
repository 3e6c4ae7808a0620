/** What is compared of a JSON Schema, https://json-schema.org/draft/2020-12. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [more: string]: unknown;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses?: Record<string, { content?: Content }>;
}
type Paths = Record<string, Record<string, Operation>>;
/** What is compared of an OpenAPI 3.1 document. */
export interface Document {
  paths: Paths;
  webhooks?: Paths;
}

/** What callers of the earlier document could trip over; empty where it only grew. */
export function breakingChanges(before: Document, after: Document): string[] {
  return [
    ...operations(before.paths, after.paths, changesOf),
    ...operations(before.webhooks, after.webhooks, changesOfWebhook),
  ];
}

function operations(before: Paths = {}, after: Paths = {}, changes: typeof changesOf): string[] {
  return Object.entries(before).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const where = `${method.toUpperCase()} ${path}`;
      const now = after[path]?.[method];
      return now ? changes(where, operation, now) : [`${where} is gone`];
    }),
  );
}

/** Its request is what the hub tells. */
function changesOfWebhook(where: string, before: Operation, now: Operation): string[] {
  const headers = (before.parameters ?? [])
    .filter(({ name }) => !now.parameters?.some((later) => later.name === name))
    .map(({ name }) => `${where} header ${name} is gone`);
  const sent = [before.requestBody?.content, now.requestBody?.content, told] as const;
  return [...headers, ...bodies(`${where} sends`, ...sent)];
}

function changesOf(where: string, before: Operation, now: Operation): string[] {
  return [
    ...parametersOf(where, before.parameters ?? [], now.parameters ?? []),
    ...bodies(`${where} takes`, before.requestBody?.content, now.requestBody?.content, taken),
    ...Object.entries(before.responses ?? {}).flatMap(([status, { content }]) => {
      const response = now.responses?.[status];
      const answers = `${where} answers ${status}`;
      return response ? bodies(answers, content, response.content, told) : [`${answers} no more`];
    }),
  ];
}

function parametersOf(where: string, before: Parameter[], now: Parameter[]): string[] {
  const sameAs = (one: Parameter) => (other: Parameter) =>
    other.name === one.name && other.in === one.in;
  const known = before.flatMap((parameter) => {
    const name = `${where} parameter ${parameter.name}`;
    const later = now.find(sameAs(parameter));
    if (!later) return [`${name} is gone`];
    return [
      ...(later.required && !parameter.required ? [`${name} is needed now`] : []),
      ...taken(name, parameter.schema ?? {}, later.schema ?? {}),
    ];
  });
  const needed = now.filter((one) => one.required && !before.some(sameAs(one)));
  return [...known, ...needed.map(({ name }) => `${where} parameter ${name} is new and needed`)];
}

type Compare = (where: string, before: Schema, now: Schema) => string[];

function bodies(where: string, before: Content = {}, now: Content = {}, compare: Compare) {
  return Object.entries(before).flatMap(([type, { schema = {} }]) => {
    const later = now[type];
    return later
      ? compare(`${where} ${type}`, schema, later.schema ?? {})
      : [`${where} no ${type}`];
  });
}

/** What the hub tells: a field may come, and none may go, become optional or another type. */
function told(where: string, before: Schema, now: Schema): string[] {
  return [
    ...typeChanges(where, before, now, (was, is) => is.every((type) => was.includes(type))),
    ...inside(where, before, now, told, 'is gone'),
    ...(before.required ?? [])
      .filter((name) => now.properties?.[name] && !now.required?.includes(name))
      .map((name) => `${where}.${name} may be absent now`),
  ];
}

/** What the hub takes: a field may come if it may be left out, and no value may become wrong. */
function taken(where: string, before: Schema, now: Schema): string[] {
  return [
    ...typeChanges(where, before, now, (was, is) => was.every((type) => is.includes(type))),
    ...(before.enum ?? [])
      .filter((value) => now.enum && !now.enum.includes(value))
      .map((value) => `${where}: ${value} is no value any more`),
    ...inside(where, before, now, taken, 'is gone'),
    ...(now.required ?? [])
      .filter((name) => !before.required?.includes(name))
      .map((name) => `${where}.${name} is needed now`),
  ];
}

function inside(where: string, before: Schema, now: Schema, compare: Compare, gone: string) {
  const fields = Object.entries(before.properties ?? {}).flatMap(([name, schema]) => {
    const later = now.properties?.[name];
    return later ? compare(`${where}.${name}`, schema, later) : [`${where}.${name} ${gone}`];
  });
  const { items } = before;
  const laterItems = now.items;
  const list =
    typeof items === 'object' && typeof laterItems === 'object'
      ? compare(`${where}[]`, items, laterItems)
      : [];
  return [...fields, ...list, ...variants(where, before, now, compare)];
}

/** Variants of a union are told apart by their constants, else by their place. */
function variants(where: string, before: Schema, now: Schema, compare: Compare): string[] {
  const later = variantsOf(now);
  return variantsOf(before).flatMap((variant, place) => {
    const mark = markOf(variant);
    const same = mark ? later.find((one) => markOf(one) === mark) : later[place];
    const name = mark ? `${where}(${mark})` : where;
    return same ? compare(name, variant, same) : [`${name} is no variant any more`];
  });
}

const variantsOf = ({ anyOf = [], oneOf = [] }: Schema): Schema[] => [...anyOf, ...oneOf];

function markOf({ properties = {}, const: value }: Schema): string {
  if (value !== undefined) return JSON.stringify(value);
  return Object.entries(properties)
    .flatMap(([name, schema]) => (schema.const === undefined ? [] : [`${name} ${schema.const}`]))
    .join();
}

function typeChanges(
  where: string,
  before: Schema,
  now: Schema,
  fits: (was: string[], is: string[]) => boolean,
): string[] {
  const [was, is] = [typesOf(before), typesOf(now)];
  if (was.length === 0 || is.length === 0 || fits(was, is)) return [];
  return [`${where} was ${was.join(' or ')} and is ${is.join(' or ')}`];
}

function typesOf(schema: Schema): string[] {
  const own = [schema.type ?? []].flat();
  const all = [...own, ...variantsOf(schema).flatMap(typesOf)];
  // Every integer is a number, for who reads and for who writes.
  return [...new Set(all.map((type) => (type === 'integer' ? 'number' : type)))].sort();
}
