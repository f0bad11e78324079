import type { z } from 'zod';
import type { ContributorRole, SourceKind } from '../../domain/vocabularies.ts';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { type Column, cell, csv, parts } from '../../http/response/formats/csv.ts';
import { jsonld, type Thing } from '../../http/response/formats/jsonld.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorThing, dateOf, sourceThing } from '../../http/response/formats/things.ts';
import { source, sourceList } from './schema.ts';

type Source = z.infer<typeof source>;

const columns: readonly Column<Source>[] = [
  { name: 'id', field: 'id', description: 'Id of the source', value: ({ id }) => id },
  { name: 'dataset', field: 'dataset', description: 'Id of its dataset', value: (row) => row.dataset.id },
  { name: 'title', field: 'title', description: "The article's title", value: ({ title }) => title },
  { name: 'kind', field: 'kind', description: 'What sort of article it is', value: ({ kind }) => kind },
  {
    name: 'publisher',
    field: 'publisher',
    description: 'Id of the actor who published it',
    value: ({ publisher }) => publisher?.id ?? null,
  },
  {
    name: 'republisher',
    field: 'republisher',
    description: 'Id of the actor on whose pages it was found',
    value: ({ republisher }) => republisher?.id ?? null,
  },
  {
    name: 'contributors',
    field: 'contributors',
    description: 'Those the credits name, each as `actor:role`',
    value: ({ contributors }) => cell(contributors.map(({ actor, role }) => parts(actor.id, role))),
  },
  {
    name: 'language',
    field: 'language',
    description: 'Language (BCP 47)',
    value: ({ language }) => language,
  },
  { name: 'published', field: 'published', description: 'When (EDTF)', value: (row) => row.published.edtf },
  {
    name: 'earliest',
    field: 'published',
    description: 'First day that can mean',
    value: ({ published }) => published.earliest,
  },
  {
    name: 'latest',
    field: 'published',
    description: 'Last day that can mean',
    value: ({ published }) => published.latest,
  },
  {
    name: 'derivedFrom',
    field: 'derivedFrom',
    description: 'Ids of the sources whose report it repeats',
    value: ({ derivedFrom }) => cell(derivedFrom.map(({ id }) => id)),
  },
  {
    name: 'textFile',
    field: 'text',
    description: 'File name of its text',
    value: ({ text }) => text?.file ?? null,
  },
  {
    name: 'textSha256',
    field: 'text',
    description: 'SHA-256 of that file',
    value: ({ text }) => text?.sha256 ?? null,
  },
  {
    name: 'textLength',
    field: 'text',
    description: 'Its code points',
    value: ({ text }) => text?.length ?? null,
  },
];

const TYPES: Record<SourceKind, string> = {
  news: 'NewsArticle',
  analysis: 'AnalysisNewsArticle',
  interview: 'NewsArticle',
  opinion: 'OpinionNewsArticle',
  dataset: 'Dataset',
};

function thing(record: Source, base: string): Thing {
  const { id, title, kind, publisher, contributors, language, published, derivedFrom } = record;
  const credited = (role: ContributorRole) =>
    contributors.filter((credit) => credit.role === role).map(({ actor }) => actorThing(actor, base));
  return {
    '@id': `${base}/v1/sources/${id}`,
    '@type': TYPES[kind],
    identifier: id,
    headline: title,
    publisher: publisher && actorThing(publisher, base),
    author: credited('author'),
    editor: credited('editor'),
    inLanguage: language,
    datePublished: dateOf(published),
    isBasedOn: derivedFrom.map((origin) => sourceThing(origin, base)),
  };
}

/** The formats of sources. */
export const sourceFormats = defineFormats({
  path: '/v1/sources',
  title: 'Attest: sources',
  list: sourceList,
  record: source,
  formats: {
    csv: csv('SourceTable', columns),
    ndjson,
    jsonld: jsonld(thing),
  },
});
