import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { actor } from '../../../src/resources/actors/schema.ts';
import type { change } from '../../../src/resources/changes/schema.ts';
import type { claim } from '../../../src/resources/claims/schema.ts';
import type { dataset } from '../../../src/resources/datasets/schema.ts';
import type { event } from '../../../src/resources/events/schema.ts';
import type { listedFigure } from '../../../src/resources/figures/schema.ts';
import type { actorPosition } from '../../../src/resources/positions/schema.ts';
import type { source } from '../../../src/resources/sources/schema.ts';
import type { statement } from '../../../src/resources/statements/schema.ts';
import type { topic } from '../../../src/resources/topics/schema.ts';
import type { vocabulary } from '../../../src/resources/vocabularies/schema.ts';
import type { SeedRetired } from '../../../src/seed/files/format.ts';
import type { Contract } from './document.ts';

export type Event = z.infer<typeof event>;
export type Statement = z.infer<typeof statement>;
export type Claim = z.infer<typeof claim>;
export type Actor = z.infer<typeof actor>;
export type ActorPosition = z.infer<typeof actorPosition>;
export type ListedFigure = z.infer<typeof listedFigure>;
export type Topic = z.infer<typeof topic>;
export type Source = z.infer<typeof source>;
export type Dataset = z.infer<typeof dataset>;
export type Change = z.infer<typeof change>;
export type Vocabulary = z.infer<typeof vocabulary>;

/** The records of each list, by the name of its operation's path. */
export interface Records {
  events: Event[];
  statements: Statement[];
  claims: Claim[];
  actors: Actor[];
  topics: Topic[];
  sources: Source[];
  datasets: Dataset[];
}
export type Kind = keyof Records;
const KINDS: readonly Kind[] = ['events', 'statements', 'claims', 'actors', 'topics', 'sources', 'datasets'];

/** All records of a store, as its API answers without any parameter. */
export interface World extends Records {
  changes: Change[];
  vocabularies: Vocabulary[];
  retired: readonly SeedRetired[];
  /** The quad class of each event type. */
  quadClasses: Map<string, string>;
  /** What an actor is part of, or a topic lies beneath, at any remove, itself first. */
  upwards(kind: 'actors' | 'topics', id: string): string[];
  source(id: string): Source;
}

/** Reads all of a store: streamed where a list can be, page by page where not. */
export async function exportAll(
  app: FastifyInstance,
  contract: Contract,
  retired: readonly SeedRetired[],
): Promise<World> {
  const get = async (url: string): Promise<string> => {
    const response = await app.inject({ method: 'GET', url });
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
    return response.body;
  };
  const all = async (kind: Kind): Promise<unknown[]> => {
    const path = `/v1/${kind}`;
    const streamed = contract.find(path)?.operation.responses[200]?.content?.['application/x-ndjson'];
    if (streamed) {
      const lines = (await get(`${path}?format=ndjson`)).split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as unknown);
    }
    const items: unknown[] = [];
    for (let cursor = ''; ; ) {
      const page = JSON.parse(await get(`${path}?limit=7${cursor}`)) as {
        items: unknown[];
        next: string | null;
      };
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = `&cursor=${page.next}`;
    }
  };
  const entries = [];
  for (const kind of KINDS) entries.push([kind, await all(kind)]);
  const records = Object.fromEntries(entries) as Records;

  const changes: Change[] = [];
  for (let since = 0; ; ) {
    const page = JSON.parse(await get(`/v1/changes?since=${since}&limit=200`)) as {
      items: Change[];
      next: number;
    };
    if (page.items.length === 0) break;
    changes.push(...page.items);
    since = page.next;
  }
  const named = contract.operation('getVocabulary').parameters.find(({ name }) => name === 'name');
  const vocabularies: Vocabulary[] = [];
  for (const name of named?.schema.enum ?? [])
    vocabularies.push(JSON.parse(await get(`/v1/vocabularies/${name}`)) as Vocabulary);
  const types = vocabularies.find(({ name }) => name === 'event-types')?.terms ?? [];

  const above = {
    actors: new Map(records.actors.map(({ id, parent }) => [id, parent?.id])),
    topics: new Map(records.topics.map(({ id, broader }) => [id, broader?.id])),
  };
  const sources = new Map(records.sources.map((each) => [each.id, each]));
  return {
    ...records,
    changes,
    vocabularies,
    retired,
    quadClasses: new Map(types.map(({ term, quadClass }) => [term, quadClass ?? ''])),
    upwards(kind, id) {
      const found: string[] = [];
      for (let at: string | undefined = id; at !== undefined; at = above[kind].get(at)) found.push(at);
      return found;
    },
    source(id) {
      const found = sources.get(id);
      if (!found) throw new Error(`the export has no source "${id}"`);
      return found;
    },
  };
}
