// One question put through every generated client; compiled under `strict`, so that the types are tried too.
import createClient from 'openapi-fetch';
import { client } from './generated/hey-api/client.gen.ts';
import * as heyApi from './generated/hey-api/index.ts';
import * as oazapfts from './generated/oazapfts.ts';
import type { components, paths } from './generated/openapi-typescript.ts';
import * as orval from './generated/orval.ts';
import { Api } from './generated/swagger-typescript-api.ts';

/** What each client must find: records by their typed fields, and a problem by its. */
interface Answers {
  /** Ids of a filtered list, in which both actors must take part. */
  events: string[];
  /** The title of a record, and the first source that proves it. */
  title: string;
  source: string | undefined;
  /** How many claims are disputed. */
  disputed: number | undefined;
  /** What was probably meant by an actor that does not exist. */
  meant: string[] | undefined;
}

const ID = 'arms-embargo-lifted-2025';
const BOTH = { actor: ['united-states', 'cambodia'], topic: ['arms-embargo'], from: '2025-11' };
const DISPUTED = { standing: ['disputed'], count: true, limit: 1 };
const NOBODY = { actor: ['kristenbrink'] };

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);
const meantBy = (problem: components['schemas']['Problem'] | undefined): string[] | undefined =>
  problem?.errors[0]?.suggestions;

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no answer');
  return value;
}

/** The formats that the client is to type: JSON, and the problems of an error. */
type Json = 'application/json' | 'application/problem+json';

/** The clients, by the name of what generated them. */
export const clients: Record<string, (base: string) => Promise<Answers>> = {
  async 'openapi-typescript + openapi-fetch'(base) {
    const api = createClient<paths, Json>({ baseUrl: base });
    const list = await api.GET('/v1/events', { params: { query: BOTH } });
    const one = await api.GET('/v1/events/{id}', { params: { path: { id: ID } } });
    const claims = await api.GET('/v1/claims', { params: { query: DISPUTED } });
    const wrong = await api.GET('/v1/events', { params: { query: NOBODY } });
    const event = present(one.data);
    return {
      events: ids(present(list.data).items),
      title: event.title,
      source: event.citations[0]?.source.id,
      disputed: claims.data?.total,
      meant: meantBy(wrong.error),
    };
  },

  async '@hey-api/openapi-ts'(base) {
    client.setConfig({ baseUrl: base });
    const list = await heyApi.listEvents({ query: BOTH });
    const one = await heyApi.getEvent({ path: { id: ID } });
    const claims = await heyApi.listClaims({ query: DISPUTED });
    const wrong = await heyApi.listEvents({ query: NOBODY });
    const event = present(one.data);
    return {
      events: ids(present(list.data).items),
      title: event.title,
      source: event.citations[0]?.source.id,
      disputed: claims.data?.total,
      meant: meantBy(wrong.error),
    };
  },

  async orval() {
    // Its address stands in its configuration.
    const list = await orval.listEvents(BOTH);
    const one = await orval.getEvent(ID);
    const claims = await orval.listClaims(DISPUTED);
    const wrong = await orval.listEvents(NOBODY);
    if (list.status !== 200 || one.status !== 200 || claims.status !== 200 || wrong.status !== 400)
      throw new Error('unexpected status');
    return {
      events: ids(list.data.items),
      title: one.data.title,
      source: one.data.citations[0]?.source.id,
      disputed: claims.data.total,
      meant: meantBy(wrong.data),
    };
  },

  async 'swagger-typescript-api'(base) {
    const { v1 } = new Api({ baseUrl: base });
    const list = await v1.listEvents(BOTH);
    const one = await v1.getEvent(ID);
    const claims = await v1.listClaims(DISPUTED);
    // It throws the whole response.
    const wrong = await v1
      .listEvents(NOBODY)
      .catch((response: Awaited<ReturnType<typeof v1.listEvents>>) => response);
    return {
      events: ids(list.data.items),
      title: one.data.title,
      source: one.data.citations[0]?.source.id,
      disputed: claims.data.total,
      meant: meantBy(wrong.error || undefined),
    };
  },

  async oazapfts(base) {
    oazapfts.defaults.baseUrl = base;
    const list = await oazapfts.listEvents({ actor: BOTH.actor, topic: BOTH.topic, $from: BOTH.from });
    const one = await oazapfts.getEvent(ID);
    const claims = await oazapfts.listClaims(DISPUTED);
    const wrong = await oazapfts.listEvents(NOBODY);
    if (list.status !== 200 || one.status !== 200 || claims.status !== 200 || wrong.status !== 400)
      throw new Error('unexpected status');
    return {
      events: ids(list.data.items),
      title: one.data.title,
      source: one.data.citations[0]?.source.id,
      disputed: claims.data.total,
      meant: meantBy(wrong.data),
    };
  },
};
