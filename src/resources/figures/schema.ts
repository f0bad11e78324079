import { measures, words } from '../../domain/vocabularies.ts';
import { ids, unit, vocabulary } from '../../http/request/groups.ts';
import {
  actorScope,
  asOf,
  dateWindow,
  facets,
  fields,
  fullText,
  paging,
  query,
  sort,
} from '../../http/request/parameters.ts';
import {
  claimReference,
  dateRange,
  eventReference,
  facetCounts,
  figure as figureParts,
  listOf,
} from '../../http/response/schemas.ts';

export const listedFigure = figureParts
  .extend({
    event: eventReference.nullable().describe('The event that it is a figure of'),
    claim: claimReference
      .nullable()
      .describe('The claim that it is a figure of: the number is what its holders say'),
    date: dateRange.nullable().describe('When the event took or takes place; null for figures of claims'),
  })
  .meta({ id: 'ListedFigure', description: 'A figure, with the event or the claim that has it' });

/** What figures can be counted by. */
export const figureFacets = ['measure', 'unit', 'source'] as const;

export const figureList = listOf(
  listedFigure,
  'FigureList',
  'A page of figures',
  facetCounts('FigureFacets', figureFacets),
);

export const figureQuery = query({
  q: fullText('Figures of events and claims that have these words.', 'scam').optional(),
  measure: vocabulary('Figures of this measure.', words(measures), 'killed', 'measures'),
  unit: unit('Figures in this unit.', 'USD'),
  actor: ids(
    'actor',
    'Figures of events in which this actor takes part, and of claims on which it has a position.',
    'cambodia',
  ),
  actorScope,
  about: ids(
    'actor',
    'Figures of events in which this actor takes part, and of claims about it.',
    'cambodia',
  ),
  topic: ids('topic', 'Figures of events and claims on this topic or a narrower one.', 'cyberscams'),
  source: ids('source', 'Figures that this source gives.', 'dw-2025-11-13'),
  publisher: ids('actor', 'Figures that a source of this publisher gives.', 'dw'),
  dataset: ids('dataset', 'Figures of this dataset.', 'cambodia-us'),
  ...dateWindow,
  asOf,
  sort: sort(['-date', 'date'], '-date'),
  ...paging,
  fields: fields(listedFigure, 'measure,value,unit,of'),
  facets: facets(figureFacets, 'measure,unit'),
});
