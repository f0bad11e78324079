import { z } from 'zod';
import { contributorRoles, sourceKinds, words } from '../../domain/vocabularies.ts';
import { ids, vocabulary } from '../../http/request/groups.ts';
import { dateWindow, facets, fields, fullText, paging, query, sort } from '../../http/request/parameters.ts';
import {
  actorReference,
  datasetReference,
  dateRange,
  facetCounts,
  listOf,
  sourceReference,
} from '../../http/response/schemas.ts';

export const contributor = z
  .object({
    actor: actorReference,
    role: z.enum(words(contributorRoles)).describe('What it did for the article'),
  })
  .meta({
    id: 'Contributor',
    description: 'Somebody whom the credits of an article name',
    example: { actor: { id: 'wesley-rahn', name: 'Wesley Rahn' }, role: 'editor' },
  });

export const articleText = z
  .object({
    file: z.string().describe('File name under which the text is looked for'),
    sha256: z.string().describe("SHA-256 of the file's bytes"),
    length: z.int().describe('Length in Unicode code points'),
  })
  .meta({
    id: 'ArticleText',
    description: 'The text that citations point into; not itself in the store, it belongs to its publisher',
  });

export const source = z
  .object({
    id: z.string().describe('Id of the source'),
    dataset: datasetReference,
    title: z.string().describe("The article's title; in square brackets a description, where it has none"),
    kind: z.enum(words(sourceKinds)).describe('What sort of publication it is'),
    publisher: actorReference.nullable().describe('Who published it; null when the article does not say'),
    republisher: actorReference.nullable().describe('On whose pages the text was found, if on others'),
    contributors: z.array(contributor).describe('Those the credits name, in their order'),
    language: z.string().describe('Language of the text (BCP 47)'),
    published: dateRange,
    derivedFrom: z
      .array(sourceReference)
      .describe('Sources whose report it repeats, and so is not independent of'),
    text: articleText.nullable().describe('Null for a collection of coded data'),
  })
  .meta({ id: 'Source', description: 'A published article, or collection of coded data' });

/** What sources can be counted by. */
export const sourceFacets = ['publisher', 'kind', 'dataset'] as const;

export const sourceList = listOf(
  source,
  'SourceList',
  'A page of sources',
  facetCounts('SourceFacets', sourceFacets),
);

export const sourceQuery = query({
  q: fullText('Sources whose title has these words.', 'cambodia').optional(),
  publisher: ids('actor', 'Sources of this publisher.', 'dw'),
  dataset: ids('dataset', 'Sources of this dataset.', 'cambodia-us'),
  kind: vocabulary('Sources of this kind.', words(sourceKinds), 'analysis', 'source-kinds'),
  ...dateWindow,
  sort: sort(['-date', 'date', 'id', '-id', 'relevance'], '-date'),
  ...paging,
  fields: fields(source, 'id,title'),
  facets: facets(sourceFacets, 'kind,publisher'),
});
