import { z } from 'zod';
import { actorKinds, words } from '../../domain/vocabularies.ts';
import { ids, vocabulary } from '../../http/request/groups.ts';
import { facets, fields, fullText, paging, query, sort, text } from '../../http/request/parameters.ts';
import {
  actorReference,
  citation,
  dateRange,
  facetCounts,
  listOf,
  sourceReference,
} from '../../http/response/schemas.ts';

export const alias = z
  .object({
    name: z.string().describe('The name exactly as written, misspellings included'),
    sources: z.array(sourceReference).describe('The sources that use it'),
  })
  .meta({ id: 'Alias', description: 'A name that sources use for an actor' });

export const affiliation = z
  .object({
    title: z.string().describe('Title or relation'),
    organization: actorReference.nullable().describe('The body in which the actor has this title'),
    during: dateRange.describe('When the text shows that the actor has this title'),
    citations: z.array(citation).describe('The passages that show it'),
  })
  .meta({ id: 'Affiliation', description: 'A title of an actor, and when the actor had it' });

export const actor = z
  .object({
    id: z.string().describe('Id of the actor'),
    name: z.string().describe('Its preferred name'),
    kind: z.enum(words(actorKinds)).describe('What sort of actor it is'),
    description: z.string().describe('Who it is, in our own words'),
    parent: actorReference.nullable().describe("What it is part of: a ministry's state, an army's ministry"),
    aliases: z.array(alias).describe('Every name the sources use for it'),
    affiliations: z.array(affiliation).describe('The titles of the actor, each with its time'),
  })
  .meta({ id: 'Actor', description: 'Somebody who acts or speaks' });

/** What actors can be counted by. */
export const actorFacets = ['kind', 'parent', 'source'] as const;

export const actorList = listOf(
  actor,
  'ActorList',
  'A page of actors',
  facetCounts('ActorFacets', actorFacets),
);

export const actorQuery = query({
  q: fullText(
    'Actors whose name, names in the sources or description have these words.',
    'minister',
  ).optional(),
  name: text(
    'Actors of this name, or part of a name, under any spelling a source uses; case and accents do not matter.',
    'Kristenbrink',
  ),
  kind: vocabulary('Actors of this kind.', words(actorKinds), 'person', 'actor-kinds'),
  parent: ids('actor', 'Actors that belong to this one, at any depth.', 'united-states'),
  source: ids('source', 'Actors that this source names.', 'dw-2025-11-13'),
  sort: sort(['name', '-name', 'id', '-id', 'relevance'], 'name'),
  ...paging,
  fields: fields(actor, 'id,name'),
  facets: facets(actorFacets, 'kind'),
});
