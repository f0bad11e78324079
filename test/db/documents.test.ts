import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { renewDocuments } from '../../src/db/documents.ts';
import { openStore } from '../../src/db/openStore.ts';
import { tables } from '../../src/db/tables.ts';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { sha256 } from '../../src/seed/files/passages.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { faultsOf } from '../support/documents.ts';
import { actor, cite, claim, event, position, source, statement, topic, world } from '../support/records.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

/** The file that a `file:` URL names. */
const fileOf = (url: string): string => url.replace('file:', '');

// Records are answered from documents that are written when they are loaded. What a document has of other records must follow
// those, whatever a load changes. After each load here, all documents are made anew and compared; other tests do so when
// they close their store.

let server: TestApp;
beforeEach(async () => {
  server = await startApp(before());
});
afterEach(() => server.close());

/** A record of each kind that names the others. */
function before(): SeedFile {
  return world({
    topics: [topic('quotas', 'trade')],
    actors: [actor('dora', { affiliations: [office()] })],
    events: [
      event('visit', {
        participants: [{ actor: 'alice', role: 'participant', onBehalfOf: 'freedonia' }],
        links: [{ relation: 'partOf', event: 'summit', basis: 'told', citations: [cite('weekly')] }],
      }),
      event('summit', { topics: ['quotas'] }),
      event('other'),
    ],
    statements: [
      statement('speech', {
        speaker: 'bob',
        occasion: 'summit',
        about: ['carol'],
        citations: [cite('weekly')],
      }),
    ],
    claims: [
      claim('growth', {
        event: 'summit',
        contradicts: ['decline'],
        positions: [position('bob', { statement: 'speech' })],
      }),
      claim('decline'),
    ],
  });
}

function office() {
  return {
    title: 'Minister',
    organization: 'freedonia-ministry',
    during: '2024',
    citations: [cite('daily')],
  };
}

type WholeFile = { [Section in keyof SeedFile]-?: NonNullable<SeedFile[Section]> };

/** Loads the dataset again with some records changed; `change` gets the file. */
async function change(edit: (file: WholeFile) => void): Promise<void> {
  // Cast: `before` gives all that is edited.
  const file = before() as WholeFile;
  file.dataset.version = '1.0.1';
  edit(file);
  await server.load(file);
  expect(await faultsOf(server.store)).toEqual([]);
}

/** A record of a list. Cast: the test knows that it is there. */
function one<T extends { id: string }>(records: readonly T[], id: string): T {
  return records.find((record) => record.id === id) as T;
}

const get = async (path: string) => (await server.get(`/v1/${path}`)).body;

test("an actor's new name is in every record that names it", async () => {
  await change(({ actors }) => {
    one(actors, 'bob').name = 'Bob the Builder';
    one(actors, 'freedonia').name = 'Free State';
    one(actors, 'freedonia-ministry').name = 'Ministry of Truth';
    one(actors, 'daily-press').name = 'Daily Press Group';
  });
  expect((await get('statements/speech')).speaker.name).toBe('Bob the Builder');
  expect((await get('claims/growth')).positions[0].actor.name).toBe('Bob the Builder');
  expect((await get('events/visit')).participants[0].onBehalfOf.name).toBe('Free State');
  expect((await get('actors/freedonia-army')).parent.name).toBe('Ministry of Truth');
  expect((await get('actors/dora')).affiliations[0].organization.name).toBe('Ministry of Truth');
  expect((await get('sources/daily')).publisher.name).toBe('Daily Press Group');
});

test("a topic's new label, and its new place, are in the records on it and in the topics around it", async () => {
  await change(({ topics }) => {
    one(topics, 'trade').label = 'Commerce';
    one(topics, 'quotas').broader = 'security';
  });
  expect((await get('events/visit')).topics[0].label).toBe('Commerce');
  expect((await get('topics/economy')).narrower[0].label).toBe('Commerce');
  expect((await get('topics/tariffs')).broader.label).toBe('Commerce');
  expect((await get('topics/trade')).narrower.map(({ id }: { id: string }) => id)).toEqual(['tariffs']);
  expect((await get('topics/security')).narrower[0].id).toBe('quotas');
});

test("an event's new title is in the events linked to it, in statements made at it and in claims about it", async () => {
  await change(({ events }) => {
    one(events, 'summit').title = 'Summit of two';
    one(events, 'visit').title = 'Visit of one';
  });
  expect((await get('events/visit')).links[0].event.title).toBe('Summit of two');
  expect((await get('events/summit')).links[0].event.title).toBe('Visit of one');
  expect((await get('statements/speech')).occasion.title).toBe('Summit of two');
  expect((await get('claims/growth')).event.title).toBe('Summit of two');
});

test('a link that is proved otherwise, moved or dropped changes the event at its other end', async () => {
  await change(({ events }) => {
    one(events, 'visit').links = [
      { relation: 'partOf', event: 'summit', basis: 'told', citations: [cite('daily')] },
    ];
  });
  expect((await get('events/summit')).links[0].citations[0].source.id).toBe('daily');
  await change(({ events, dataset }) => {
    dataset.version = '1.0.2';
    one(events, 'visit').links = [{ relation: 'partOf', event: 'other', basis: 'inferred' }];
  });
  expect((await get('events/summit')).links).toEqual([]);
  expect((await get('events/other')).links[0].event.id).toBe('visit');
});

test("a statement's new gist and a claim's new proposition are in the claims that name them", async () => {
  await change(({ statements, claims }) => {
    one(statements, 'speech').gist = 'All is well';
    one(claims, 'decline').proposition = 'Trade falls';
  });
  expect((await get('claims/growth')).positions[0].statement.gist).toBe('All is well');
  expect((await get('claims/growth')).contradicts[0].proposition).toBe('Trade falls');
});

test("a source's new title is in every citation of it, and a dataset's in its records", async () => {
  await change(({ sources, dataset }) => {
    one(sources, 'weekly').title = 'The week in review';
    dataset.title = 'A larger world';
  });
  for (const path of ['statements/speech', 'actors/alice', 'events/summit'])
    expect(JSON.stringify(await get(path))).toContain('The week in review');
  for (const path of ['events/other', 'statements/speech', 'claims/decline', 'sources/daily'])
    expect((await get(path)).dataset.title).toBe('A larger world');
});

test('a record that is withdrawn has no document any more', async () => {
  await change((file) => {
    file.topics = file.topics.filter(({ id }) => id !== 'quotas');
    one(file.events, 'summit').topics = ['trade'];
    file.events = file.events.filter(({ id }) => id !== 'other');
    file.retired = [
      { kind: 'topic', id: 'quotas', mergedInto: 'trade' },
      { kind: 'event', id: 'other', reason: 'It did not happen.' },
    ];
  });
  expect((await server.get('/v1/events/other')).status).toBe(410);
  expect((await get('topics/trade')).narrower.map(({ id }: { id: string }) => id)).toEqual(['tariffs']);
});

test('passages that come with a later load are in the records that cite them', async () => {
  const folder = temporaryFolder();
  try {
    const text = 'All is well in the whole of the small world, says Bob.';
    const articles = join(folder.path, 'articles');
    mkdirSync(articles);
    writeFileSync(join(articles, 'late.txt'), text);
    const file = world({
      sources: [source('late', { text: { file: 'late.txt', sha256: sha256(text), length: text.length } })],
      events: [
        event('visit', { citations: [cite('late', { start: 0, end: 11, sha256: sha256('All is well') })] }),
      ],
    });
    const path = join(folder.path, 'dataset.yaml');
    writeFileSync(path, stringify(file, { aliasDuplicateObjects: false }));
    const store = await openStore(`file:${folder.path}/attest.db`);
    await loadDataset(store, readDataset(path));
    await loadDataset(store, readDataset(path), { articlesDir: articles });
    expect(await faultsOf(store)).toEqual([]);
    await store.close();
    const database = new SQLite(join(folder.path, 'attest.db'), { readonly: true });
    const document = database.prepare("select json from documents where kind = 'event'").pluck().get();
    expect(JSON.parse(String(document)).citations[0].passage).toBe('All is well');
    database.close();
  } finally {
    folder.remove();
  }
});

test('a store of an earlier version gets its documents when it is opened, and loses those of no record', async () => {
  const folder = temporaryFolder();
  try {
    const path = join(folder.path, 'attest.db');
    const database = new SQLite(fileOf(server.url));
    database.pragma('wal_checkpoint(truncate)');
    database.close();
    cpSync(fileOf(server.url), path);
    const old = new SQLite(path);
    const newest = old.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
    // As it was before documents, and what came after them.
    old.exec('drop table documents; drop table eventKeys; drop table copies');
    old
      .prepare(
        'delete from __drizzle_migrations where created_at >= (select created_at from __drizzle_migrations order by created_at limit 1 offset 8)',
      )
      .run();
    old.close();
    const store = await openStore(`file:${path}`);
    expect(await faultsOf(store)).toEqual([]);
    await store.close();
    const migrated = new SQLite(path);
    expect(migrated.prepare('select max(created_at) from __drizzle_migrations').pluck().get()).toBe(newest);
    expect(migrated.prepare('select count(*) from documents').pluck().get()).toBeGreaterThan(20);
    migrated.close();
  } finally {
    folder.remove();
  }
});

test('what is wrong with documents is found, and mended when they are made anew', async () => {
  const { documents } = tables;
  await server.store.transaction(async (db) => {
    await db.delete(documents).where(eq(documents.id, 'visit'));
    await db.update(documents).set({ json: '{}' }).where(eq(documents.id, 'speech'));
    await db.insert(documents).values({ kind: 'claim', id: 'nowhere', json: '{}' });
  });
  expect(await faultsOf(server.store)).toEqual([
    'missing: event visit',
    'outdated: statement speech',
    'surplus: claim nowhere',
  ]);
  await server.store.transaction(renewDocuments);
});
