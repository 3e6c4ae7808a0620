import type { z } from 'zod';
import type { endpoints } from '../http/endpoints.ts';

type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type PathOf<Name> = [NamesIn<Name>] extends [never]
  ? unknown
  : { path: Record<NamesIn<Name>, string> };

type QueryOf<Each> = Each extends { query: infer Query extends z.ZodType }
  ? Record<never, never> extends z.input<Query>
    ? { query?: z.input<Query> | undefined }
    : { query: z.input<Query> }
  : unknown;

type BodyOf<Each> = Each extends { body: infer Body extends z.ZodType }
  ? { body: z.input<Body> }
  : unknown;

/** What a call takes: the parts of its path, its query and its body, as far as it has them. */
export type Input<Name extends EndpointName> = PathOf<Name> &
  QueryOf<Endpoints[Name]> &
  BodyOf<Endpoints[Name]>;

/** Left out where nothing has to be said. */
export type Inputs<Name extends EndpointName> =
  Record<never, never> extends Input<Name> ? [input?: Input<Name>] : [input: Input<Name>];

type Answering<Answer> = {
  [Name in EndpointName]: Endpoints[Name]['answer'] extends Answer ? Name : never;
}[EndpointName];

/** Calls that are answered with JSON. */
export type JsonName = Answering<z.ZodType>;
export type PictureName = Answering<'image/png'>;

export type Output<Name extends JsonName> = z.output<Extract<Endpoints[Name]['answer'], z.ZodType>>;

/** Calls that are answered with one page of a list. */
export type ListName = {
  [Name in JsonName]: Output<Name> extends { items: unknown[]; next: string | null } ? Name : never;
}[JsonName];

export type Item<Name extends ListName> = Output<Name>['items'][number];
