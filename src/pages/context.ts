import type { FastifyRequest } from 'fastify';
import type { Store } from '../db/store.ts';
import { parameterName } from '../http/request/queryString.ts';
import { basePath, baseUrl, urlOf } from '../http/request/urls.ts';

/** Parameters of a link. An undefined one is omitted; one with several values is repeated. */
export type Parameters = Record<string, string | readonly string[] | undefined>;

/** The text of an article by its file's name and SHA-256; null where it is not there, or is another text. */
export type ArticleText = (file: string, sha256: string) => string | null;

/** What every part of a page needs to know of the request. */
export class Context {
  readonly store: Store;
  readonly request: FastifyRequest;
  /** The path of the page, without the prefix under which a proxy serves it. */
  readonly path: string;
  /** The parameters as given, in their order; `name[]` is `name`. */
  readonly given: readonly (readonly [name: string, value: string])[];
  /** The date as of which the page is read, as given. */
  readonly asOf: string | undefined;
  readonly articleText: ArticleText;

  constructor(store: Store, request: FastifyRequest, articleText: ArticleText = () => null) {
    const { pathname, searchParams } = urlOf(request);
    this.store = store;
    this.request = request;
    this.path = pathname;
    this.given = [...searchParams].map(([name, value]) => [parameterName(name), value]);
    this.articleText = articleText;
    this.asOf = this.values('asOf')[0];
  }

  /** The id in the path of a record's page. */
  get id(): string {
    const { params } = this.request;
    return typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : '';
  }

  /** The values of a parameter, as given. */
  values(parameter: string): string[] {
    return this.given.filter(([name]) => name === parameter).map(([, value]) => value);
  }

  /** The path of another page, or of the API, as the client reaches it. */
  plain(path: string, parameters: Parameters = {}): string {
    return basePath(this.request) + path + queryString(parametersOf(parameters));
  }

  /** The same, read as of the same date as this page. */
  href(path: string, parameters: Parameters = {}): string {
    return this.plain(path, { ...parameters, asOf: this.asOf });
  }

  /** The whole URL of a path. */
  url(path: string): string {
    return baseUrl(this.request) + path;
  }

  /** This page without its place in the list and without some parameters (or values of them), and with others. */
  changed(without: (name: string, value: string) => boolean, added: Parameters = {}): string {
    const kept = this.given.filter(([name, value]) => name !== 'cursor' && !without(name, value));
    return basePath(this.request) + this.path + queryString([...kept, ...parametersOf(added)]);
  }

  /** The same query under another path, without the prefix of a proxy, and without some parameters. */
  sameQuery(path: string, without: readonly string[]): string {
    return path + queryString(this.given.filter(([name]) => !without.includes(name)));
  }
}

function parametersOf(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
  );
}

function queryString(parameters: readonly (readonly [string, string])[]): string {
  if (parameters.length === 0) return '';
  // Commas and colons mean nothing to a URL's query, and are easier to read as they are.
  const text = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
  return `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
}
