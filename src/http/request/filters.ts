import type { z } from 'zod';
import {
  eventStatuses,
  eventTypes,
  measures,
  modes,
  participantRoles,
  relations,
  statementForms,
  statementMedia,
  words,
} from '../../domain/vocabularies.ts';
import { countries, ids, vocabulary } from './groups.ts';
import { actorScope, asOf, dateWindow, flag, fullText, query } from './parameters.ts';

// The filters that several routes have over the same records.

/** What events can be filtered by. */
export const eventFilters = {
  q: fullText('Events whose title, summary, place or citations have these words.', 'embargo').optional(),
  actor: ids('actor', 'Events in which this actor takes part.', 'united-states'),
  actorScope,
  role: vocabulary(
    'With `actor`: only where it takes part in this role.',
    words(participantRoles),
    'participant',
    'participant-roles',
  ),
  topic: ids('topic', 'Events on this topic or a narrower one.', 'arms-embargo'),
  source: ids('source', 'Events cited from this source.', 'dw-2025-11-13'),
  publisher: ids('actor', 'Events cited from a source of this publisher.', 'dw'),
  dataset: ids('dataset', 'Events of this dataset.', 'cambodia-us'),
  type: vocabulary('Events of this PLOVER type.', words(eventTypes), 'CONSULT', 'event-types'),
  mode: vocabulary('Events of this PLOVER mode.', modes, 'visit', 'event-modes'),
  status: vocabulary('Events that have come this far.', words(eventStatuses), 'occurred', 'event-statuses'),
  country: countries('Events in this country (ISO 3166-1 alpha-2).', 'MY'),
  disputed: flag(
    'Only events on which sources report different values (`true`), or only the others (`false`).',
  ),
  linkedTo: ids('event', 'Events linked to this event.', 'arms-embargo-lifted-2025'),
  relation: vocabulary(
    'Events with a link of this kind; with `linkedTo`: to that event.',
    relations,
    'fulfilledBy',
    'link-relations',
  ),
  measure: vocabulary('Events with a figure of this measure.', words(measures), 'killed', 'measures'),
  ...dateWindow,
  asOf,
};

/** What statements can be filtered by. */
export const statementFilters = {
  q: fullText('Statements whose gist or citations have these words.', 'naval base').optional(),
  actor: ids('actor', 'Statements that this actor makes.', 'hun-manet'),
  actorScope,
  about: ids('actor', 'Statements about this actor or a body that belongs to it.', 'united-states'),
  topic: ids('topic', 'Statements on this topic or a narrower one.', 'ream-naval-base'),
  source: ids('source', 'Statements cited from this source.', 'dw-2025-11-13'),
  publisher: ids('actor', 'Statements cited from a source of this publisher.', 'khmer-times'),
  dataset: ids('dataset', 'Statements of this dataset.', 'cambodia-us'),
  form: vocabulary('Statements in this form.', words(statementForms), 'quote', 'statement-forms'),
  medium: vocabulary('Statements made in this medium.', words(statementMedia), 'post', 'statement-media'),
  occasion: ids('event', 'Statements made at this event.', 'kritenbrink-royal-visit-2024'),
  ...dateWindow,
  asOf,
};

/** The query of a route over events: their filters, and the route's other parameters. */
export function eventFilterQuery<Shape extends z.ZodRawShape>(own: Shape) {
  return query({ ...eventFilters, ...own }).superRefine(roleNeedsActor);
}

/** `role` says which part `actor` takes; alone it would say nothing. */
export function roleNeedsActor(
  { role, actor }: { role?: unknown; actor?: unknown },
  context: z.core.$RefinementCtx,
): void {
  if (role && !actor) {
    context.addIssue({ code: 'custom', path: ['role'], message: 'needs `actor`: say whose role it is' });
  }
}

const eventsOnly = Object.keys(eventFilters).filter((name) => !(name in statementFilters));
const statementsOnly = Object.keys(statementFilters).filter((name) => !(name in eventFilters));

/** Refuses the filters that records of the other kind have: applied to these, they would be ignored. */
export function onlyFiltersOf(value: { of: 'events' | 'statements' }, context: z.core.$RefinementCtx): void {
  const [foreign, other] = value.of === 'events' ? [statementsOnly, 'statements'] : [eventsOnly, 'events'];
  for (const [name, given] of Object.entries(value)) {
    if (given === undefined || !foreign.includes(name)) continue;
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `is a filter of ${other}: omit it, or count them with of=${other}`,
    });
  }
}
